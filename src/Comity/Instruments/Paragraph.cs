// SPDX-License-Identifier: EUPL-1.2
using System.Text.Json.Serialization;

namespace Comity.Instruments;

/// <summary>A paragraph of the Convention that a rule cites: what it says, in our words, and how sure that is.</summary>
/// <param name="Reference">Article, paragraph and letter, for example <c>42(8)</c>.</param>
/// <param name="Summary">What it says, in our own words. Never the text: for that, read the text.</param>
/// <param name="Confidence">How sure the paragraph is, its number and what it says taken together.</param>
/// <param name="Note">What a lawyer should know before relying on it; empty when there is nothing.</param>
public sealed record Paragraph(string Reference, string Summary, Confidence Confidence, string Note = "");

/// <summary>How sure a paragraph is.</summary>
[JsonConverter(typeof(NameConverter<Confidence>))]
public enum Confidence
{
    /// <summary>Recalled, or only its substance was read: the number or the wording still has to be confirmed.</summary>
    Recalled,

    /// <summary>Read in a source on this Convention, under this number.</summary>
    Sourced,
}
