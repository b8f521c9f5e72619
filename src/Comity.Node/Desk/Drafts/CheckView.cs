// SPDX-License-Identifier: EUPL-1.2
using Comity.Acts;
using Comity.Node.Desk.Forms;

namespace Comity.Node.Desk.Drafts;

/// <summary>What an officer sees before signing: the act in plain words, and the digest of exactly that.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Action">Where the form goes.</param>
/// <param name="Content">What the act would do.</param>
/// <param name="To">Who it is for, by name.</param>
/// <param name="Input">Everything typed, carried along.</param>
/// <param name="Errors">What is wrong with the phrase.</param>
/// <param name="NightHours">Hours within which a second officer looks at what one signed alone.</param>
public sealed record CheckView(
    string Title,
    string Action,
    ActContent Content,
    string To,
    FormInput Input,
    FormErrors Errors,
    int NightHours
);
