// SPDX-License-Identifier: EUPL-1.2
namespace Comity;

/// <summary>What the core answers: the thing asked for, or a refusal that says why and on what authority.</summary>
/// <remarks>
/// A refusal is an answer, so it is returned and never thrown. Exceptions are left for broken programs and broken
/// machines. Immutable; the two nested cases are the only ones.
/// </remarks>
/// <typeparam name="T">What is handed back when the answer is yes.</typeparam>
public abstract record Outcome<T>
{
    private Outcome() { }

    /// <summary>The thing stands, and this is what it leads to.</summary>
    public sealed record Admitted(T Value) : Outcome<T>;

    /// <summary>The thing does not stand, and nothing has changed.</summary>
    public sealed record Refused(Refusal Why) : Outcome<T>;

    /// <summary>Goes on with the value, or keeps the refusal.</summary>
    /// <param name="next">Called with the value when there is one.</param>
    public Outcome<TNext> Then<TNext>(Func<T, Outcome<TNext>> next) =>
        this switch
        {
            Admitted a => next(a.Value),
            Refused r => new Outcome<TNext>.Refused(r.Why),
            _ => throw new InvalidOperationException("an outcome is admitted or refused"),
        };

    /// <summary>Turns the value into another, or keeps the refusal.</summary>
    /// <param name="next">Called with the value when there is one.</param>
    public Outcome<TNext> Map<TNext>(Func<T, TNext> next) =>
        Then(value => (Outcome<TNext>)new Outcome<TNext>.Admitted(next(value)));
}

/// <summary>Why something was not admitted.</summary>
/// <param name="Code">
/// Stable, dotted and lower case, for example <c>act.not-canonical</c>. Part of the wire format: never renamed, never
/// reused. Every code is listed in <c>docs/spec/refusals.md</c>.
/// </param>
/// <param name="Source">The provision or specification that asks for it.</param>
/// <param name="Where">
/// Where in the input: a byte offset, a line, or the path of a member such as <c>body.facts[2]</c>. Empty when the whole
/// is meant. Never holds content.
/// </param>
public sealed record Refusal(string Code, Citation Source, string Where = "");

/// <summary>Where a rule comes from.</summary>
/// <remarks>
/// What it prints as for people, and how sure it looks, is said in one place: <c>Instruments.Convention.Print</c>.
/// </remarks>
/// <param name="Instrument">The treaty or standard in its usual short form, for example <c>UNCC</c> or <c>RFC 6962</c>.</param>
/// <param name="Provision">The article and paragraph, or the section, for example <c>42(8)</c> or <c>2.1.1</c>.</param>
public sealed record Citation(string Instrument, string Provision)
{
    /// <summary>The citation as one reads it: the instrument, then the provision.</summary>
    public override string ToString() => Provision.Length == 0 ? Instrument : $"{Instrument} {Provision}";
}
