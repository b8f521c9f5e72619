// SPDX-License-Identifier: EUPL-1.2

namespace Comity.Requests;

/// <summary>A word for an element of conduct that both States' rules use alike.</summary>
/// <param name="Element">The kind of element it is. Under another kind it is not known.</param>
/// <param name="Slug">The word, as it stands in requests and profiles. Never renamed, never reused.</param>
/// <param name="Meaning">What it means.</param>
/// <param name="IsExpression">
/// Whether it may stand for saying, showing or believing something, so that the expression screen looks (art. 6(2)).
/// </param>
public sealed record Concept(ElementKind Element, string Slug, string Meaning, bool IsExpression = false);

/// <summary>The closed list of concepts. What is not in it is unknown, and never matches anything.</summary>
/// <remarks>Specification: <c>docs/spec/concepts.md</c>, which the tests hold to this list.</remarks>
public static class Concepts
{
    /// <summary>Every concept, by kind of element.</summary>
    public static IReadOnlyList<Concept> All { get; } =
    [
        new(
            ElementKind.Act,
            "access-without-right",
            "enters all or part of a computer system beyond what its holder allowed"
        ),
        new(ElementKind.Act, "intercept", "takes non-public transmissions by technical means"),
        new(ElementKind.Act, "damage-data", "damages or deteriorates electronic data"),
        new(ElementKind.Act, "delete-data", "deletes or suppresses electronic data"),
        new(ElementKind.Act, "alter-data", "alters electronic data"),
        new(
            ElementKind.Act,
            "encrypt-data",
            "makes electronic data unusable to those they belong to by encrypting them"
        ),
        new(ElementKind.Act, "copy-data", "takes a copy of electronic data"),
        new(ElementKind.Act, "hinder-system", "seriously hinders a computer system from working"),
        new(
            ElementKind.Act,
            "misuse-credentials",
            "uses a password or other credentials that are not the user's to use"
        ),
        new(ElementKind.Act, "supply-device", "makes, sells or passes on a tool or credentials meant for an offence"),
        new(ElementKind.Act, "possess-device", "holds a tool or credentials meant for an offence"),
        new(ElementKind.Act, "forge-data", "makes data that pass for authentic and are not"),
        new(ElementKind.Act, "deceive", "makes a person believe what is not so"),
        new(ElementKind.Act, "demand-payment", "demands money or other property"),
        new(ElementKind.Act, "transfer-funds", "moves money or other property"),
        new(ElementKind.Act, "launder-proceeds", "hides where proceeds of an offence come from"),
        new(ElementKind.Act, "threaten", "threatens a person with harm"),
        new(ElementKind.Act, "produce-abuse-material", "produces material of child sexual abuse or exploitation"),
        new(ElementKind.Act, "supply-abuse-material", "makes such material available"),
        new(ElementKind.Act, "possess-abuse-material", "holds or accesses such material"),
        new(ElementKind.Act, "solicit-child", "arranges a sexual offence against a child"),
        new(ElementKind.Act, "share-intimate-image", "makes an intimate image of a person available"),
        new(ElementKind.Act, "test-security", "looks for flaws in a system"),
        new(ElementKind.Act, "publish", "makes something said or shown available to others", IsExpression: true),
        new(ElementKind.Act, "report-news", "gathers or reports news", IsExpression: true),
        new(ElementKind.Act, "criticise", "finds fault with a person, a body or a policy", IsExpression: true),
        new(
            ElementKind.Act,
            "insult-authority",
            "is held to have insulted an office, its holder or a symbol",
            IsExpression: true
        ),
        new(ElementKind.Act, "profess-belief", "professes, teaches or denies a belief", IsExpression: true),
        new(ElementKind.Act, "call-to-assemble", "calls on others to meet, march or join", IsExpression: true),
        new(ElementKind.Object, "computer-system", "a system that processes data by a program"),
        new(ElementKind.Object, "electronic-data", "data in a form a system can process"),
        new(ElementKind.Object, "transmission", "data on their way, not meant for the public"),
        new(ElementKind.Object, "account", "an account with a service"),
        new(ElementKind.Object, "device-or-credential", "a program, device, password or the like"),
        new(ElementKind.Object, "property", "money or other assets, virtual ones included"),
        new(ElementKind.Object, "proceeds", "what an offence has brought in"),
        new(ElementKind.Object, "abuse-material", "material of child sexual abuse or exploitation"),
        new(ElementKind.Object, "intimate-image", "a private sexual image of a person"),
        new(ElementKind.Object, "person", "a private person"),
        new(ElementKind.Object, "child", "a person under 18"),
        new(ElementKind.Object, "public", "people at large"),
        new(
            ElementKind.Object,
            "person-of-authority",
            "a ruler, official or other public figure, as such",
            IsExpression: true
        ),
        new(ElementKind.Object, "state-symbol", "a flag, office, body or founding idea of a State", IsExpression: true),
        new(ElementKind.Object, "belief", "a religion or other belief", IsExpression: true),
        new(ElementKind.Intent, "intentional", "on purpose"),
        new(ElementKind.Intent, "knowing", "knowing the facts that matter"),
        new(ElementKind.Intent, "dishonest-gain", "to gain dishonestly, for oneself or another"),
        new(ElementKind.Intent, "to-extort", "to make someone pay or do something by threat"),
        new(ElementKind.Intent, "to-harm", "to cause harm"),
        new(ElementKind.Intent, "to-obtain-data", "to get hold of data"),
        new(ElementKind.Intent, "to-deceive", "so that false data are taken for authentic"),
        new(ElementKind.Intent, "to-exploit-child", "to exploit a child sexually"),
        new(ElementKind.Intent, "to-test-security", "to find flaws and have them mended"),
        new(ElementKind.Intent, "to-inform-public", "to tell people something", IsExpression: true),
        new(ElementKind.Intent, "to-persuade", "to win people for or against something", IsExpression: true),
        new(ElementKind.Harm, "system-unavailable", "a system stops or slows seriously"),
        new(ElementKind.Harm, "data-lost", "data are gone or cannot be used"),
        new(ElementKind.Harm, "data-disclosed", "data reach someone they should not"),
        new(ElementKind.Harm, "property-loss", "someone loses property"),
        new(ElementKind.Harm, "risk-to-life", "someone's life or health is put at risk"),
        new(ElementKind.Harm, "privacy-lost", "someone's private life is laid open"),
        new(ElementKind.Harm, "abuse-of-child", "a child is abused or exploited"),
        new(ElementKind.Harm, "no-harm", "no harm came of it"),
        new(ElementKind.Harm, "reputation-harmed", "someone's standing is said to suffer", IsExpression: true),
        new(ElementKind.Circumstance, "without-right", "neither the law nor the holder allowed it"),
        new(ElementKind.Circumstance, "without-consent", "the person concerned did not agree"),
        new(ElementKind.Circumstance, "security-measure-infringed", "a protection was broken or got round"),
        new(ElementKind.Circumstance, "through-system", "a computer system was the means"),
        new(ElementKind.Circumstance, "essential-service", "a hospital, power, water or the like was hit"),
        new(ElementKind.Circumstance, "organised-group", "several acted together over time"),
        new(ElementKind.Circumstance, "authorised", "the holder of the system had allowed it"),
        new(
            ElementKind.Circumstance,
            "good-faith-research",
            "security research in good faith, reported and without gain"
        ),
        new(ElementKind.Circumstance, "public-interest", "the public had an interest in it", IsExpression: true),
    ];

    private static readonly Dictionary<(ElementKind, string), Concept> Known = All.ToDictionary(c =>
        (c.Element, c.Slug)
    );

    /// <summary>The concept of that name and kind, or nothing.</summary>
    /// <param name="element">The kind of element it is used for.</param>
    /// <param name="slug">The word, to the letter.</param>
    public static Concept? Find(ElementKind element, string slug) => Known.GetValueOrDefault((element, slug));
}
