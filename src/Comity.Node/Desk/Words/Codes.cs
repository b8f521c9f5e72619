// SPDX-License-Identifier: EUPL-1.2
namespace Comity.Node.Desk.Words;

/// <summary>What a refusal's code means, and what an officer can do about it.</summary>
internal static class Codes
{
    private static readonly Dictionary<string, string> Words = new()
    {
        ["accept.conditions-differ"] =
            "The conditions accepted are not all of those in the grant. Accept all of them or none.",
        ["act.authority-unknown"] =
            "The sender's directory entry knows no such authority. Its administrators must publish a new entry.",
        ["act.certificate-expired"] =
            "The sender's seal has expired. Call them back: they must replace it and send again.",
        ["act.certificate-not-yet-valid"] = "The sender's seal is not valid yet. One of the two clocks may be wrong.",
        ["act.certificate-replaced"] =
            "The sender used a seal it has replaced. Call them back: they must send again with the new one.",
        ["act.directory-expired"] =
            "The sender's directory entry has expired. Call them back: they must renew it and send again.",
        ["act.in-the-future"] = "The act says it was issued later than now. One of the two clocks is wrong.",
        ["act.internal"] = "The act is one that a Party keeps to itself. The sender's node sent it by mistake.",
        ["act.kind-not-declared"] = "The other Party's node does not take acts of this kind. Reach them another way.",
        ["act.malformed"] = "The bytes are no act this node can read. Call the sender back over a channel you trust.",
        ["act.not-competent"] =
            "The authority that signed is not competent for this measure, by its own Party's directory entry.",
        ["act.number-taken"] = "Two different acts carry the same number. Keep both and call the sender back.",
        ["act.dossier-full"] =
            "The other Party has sent more in this dossier than one dossier holds. It is kept here. Call them; a further request opens a dossier of its own.",
        ["act.other-dossier"] = "The act belongs to a dossier with another Party. Call the sender back.",
        ["act.other-sender"] = "The act was sent by another Party than the one that signed it.",
        ["act.outside-limits"] = "A part is missing, too long, or has characters that cannot be shown.",
        ["act.parked-long"] =
            "It waits for an earlier act of the same dossier that never came or was not admitted. Ask the sender for that one.",
        ["act.party-unknown"] = "The sender is not in this node's directory. An administrator must confirm it first.",
        ["act.signature-wrong"] =
            "The signature does not match. Do not act on it; call the sender back over a channel you trust.",
        ["act.signer-unknown"] =
            "The seal is not one of the sender's in the directory. Do not act on it; call the sender back.",
        ["act.time-differs"] = "The time in the act and the time in its signature are not the same.",
        ["act.too-large"] = "It is larger than any act may be.",
        ["act.too-many-parked"] = "Too many acts of this sender wait for an earlier one that never came.",
        ["act.wrong-addressee"] = "The act is addressed to an authority that is not there.",
        ["approval.drafter-missing"] = "Nobody has signed it as its drafter.",
        ["approval.not-alone"] =
            "Two officers signed it before it was sent, or it was not sent: there is nothing to look at again.",
        ["approval.objected"] =
            "An officer who looked again at what one officer sent alone objects to it. What was sent stands: read why, then withdraw, extend or explain by a further act.",
        ["approval.other-content"] = "A signature on it is of another text.",
        ["approval.phrase-wrong"] = "The phrase does not open your key. Check the keyboard and type it again.",
        ["approval.returned"] = "An officer has returned it.",
        ["approval.review-overdue"] =
            "What one officer sent alone has not been looked at again in time. An approver who did not write it must do it now.",
        ["approval.reviewed"] = "An officer has looked at it again already. What they said stands in the dossier.",
        ["approval.role"] = "Your role does not let you sign this.",
        ["approval.same-officer"] = "You have already signed this draft. Another officer must decide.",
        ["approval.second-officer"] = "It needs a second officer's approval.",
        ["assessment.no-safeguards"] =
            "No safeguard looked at the request, so nothing can be decided. An administrator must look.",
        ["confirm.exhibit-unknown"] = "One of the exhibits was not supplied in this request.",
        ["bag.answer-unknown"] =
            "A diplomatic bag answers for acts that this node never sent. If the node was put back from an old copy, an administrator must look; if not, call the other State.",
        ["custody.altered"] = "This line was changed, or does not join the one before it.",
        ["custody.anchor-differs"] = "An act kept in the register states another line here, or one that is missing.",
        ["custody.cut-off"] = "Lines from here on are missing.",
        ["custody.gap"] = "A line is missing here.",
        ["custody.malformed"] = "The line is none that this node can read.",
        ["custody.no-receipt"] = "It was sent, and no receipt of the other side is here.",
        ["custody.not-kept"] = "No line says how it came here.",
        ["custody.not-received"] = "It is here, and no line says that it arrived.",
        ["custody.outside-limits"] = "A part of the line is missing or too long.",
        ["decision.finding-open"] = "Findings stand in the way of this decision: answer their questions first.",
        ["decision.record"] = "The decision does not say what the Convention asks it to say.",
        ["destroy.exhibit-unknown"] = "There is no such exhibit in this dossier, or it was destroyed before.",
        ["directory.expired"] =
            "The sender's directory entry has expired. The act was let in because it is about preservation; ask them to renew the entry.",
        ["directory.fork"] =
            "Two directory entries of one Party contradict one another. Both are kept as evidence; an administrator must look.",
        ["directory.rollback"] = "Someone passes off an old directory entry. An administrator must look.",
        ["directory.root-known"] = "Another root of that Party already stands.",
        ["directory.root-unknown"] = "The directory entry is signed by a root that nobody has confirmed.",
        ["dossier.kind-not-understood"] = "This node does not understand the act. It is kept and has no effect.",
        ["dossier.not-open"] = "At this stage of the request this cannot be done.",
        ["dossier.not-the-counterpart"] = "It records an act of someone who is not the other Party of this case.",
        ["dossier.number-taken"] = "Its number was used before in this dossier, so it has no effect.",
        ["dossier.other-direction"] = "In this dossier the other Party asks. Open a new dossier to ask it something.",
        ["dossier.other-parties"] = "It is not between the two Parties of this case.",
        ["dossier.request-unknown"] = "It is about a request that is not in this dossier, or not yet received.",
        ["draft.not-waiting"] = "This draft has been decided already.",
        ["draft.other-content"] =
            "A different text was already sent with this form. Nothing was changed; check this one again if you want it too.",
        ["draft.unknown"] = "There is no such draft.",
        ["exchange.checkpoint-wrong"] =
            "The other node showed a register that its own key did not sign. An administrator must look.",
        ["exchange.peer-went-back"] =
            "The other node no longer has what it had received: it was probably restored from a copy. What it lost is being sent again.",
        ["exchange.receipt-other"] = "The receipt that came with the act is of another one. Call the sender back.",
        ["exchange.receipt-wrong"] =
            "The other node's receipt does not hold. An administrator must look; the act may or may not have been received.",
        ["exchange.undelivered"] = "What is addressed to this Party has not reached it for too long. Call them.",
        ["export.exhibit-unreadable"] =
            "An exhibit is missing from this node's store, or is not what it was. Nothing was sent. Ask an administrator to run 'comity-node check'.",
        ["export.no-seal"] =
            "This node holds no seal that its directory entry lists for the authority in this dossier. Ask an administrator.",
        ["export.no-such-dossier"] = "There is no such dossier here.",
        ["export.nothing-shared"] =
            "Nothing in this dossier has been sent or received yet, so there is nothing to take out.",
        ["exhibit.already-here"] = "This file is already in the dossier.",
        ["exhibit.announced-twice"] =
            "The other Party announced this sealed file before, in another dossier or of another size. It stands where it was announced first. Ask them to seal and send it again.",
        ["exhibit.cannot-delete"] =
            "The file can no longer be supplied, but the node's disk failed and it is still there. Tell an administrator: it is deleted when the node next starts.",
        ["exhibit.cannot-write"] =
            "There is no room on the node's disk, or it failed. Nothing was kept. Tell an administrator and put the file in again.",
        ["exhibit.damaged"] =
            "A stored exhibit is not what its name says any more, or is gone. One that another Party supplied is fetched again; for another an administrator puts back a copy.",
        ["exhibit.differs"] =
            "The evidence that arrived is not what was announced, twice. Do not use it; ask the sender to supply it again.",
        ["exhibit.digest-differs"] =
            "The file is not the one the manifest describes. Nothing was kept. Choose the two that belong together.",
        ["exhibit.in-a-draft"] =
            "A draft that waits for approval supplies this file. Take the draft back, or have it returned, and then take the file out.",
        ["exhibit.interrupted"] = "The file did not arrive whole. Nothing was kept. Put it in again.",
        ["exhibit.no-recipients"] =
            "The other authority has published no key to seal evidence to. Ask it to; until then nothing can be put in.",
        ["exhibit.not-held"] = "The file is no longer here to be taken out: an act has supplied it, or it is gone.",
        ["exhibit.not-sealed"] =
            "The file is not sealed. Nothing was kept. Seal it first, or use the form for files that are not sealed.",
        ["exhibit.other-recipients"] =
            "The file is sealed to someone else than the requesting authority, which could not open it.",
        ["exhibit.overdue"] =
            "An exhibit that was announced has not arrived for too long. It is still asked for. Call the other Party.",
        ["instant.not-canonical"] = "A date and time is not spelled as acts spell them.",
        ["manifest.malformed"] = "This is no manifest that comity seal wrote.",
        ["manifest.outside-limits"] =
            "The file's name cannot be kept. Rename it: at most 255 characters that can be shown, and no path.",
        ["postpone.until-passed"] = "The date to which this is postponed has passed already.",
        ["preservation.asked-late"] = "The preservation had ended before more time was asked for.",
        ["preservation.not-longer"] = "The new end is not later than the one that stands.",
        ["preservation.period-missing"] = "A grant of preservation says from when and until when the data are kept.",
        ["preservation.too-short"] = "Preservation lasts at least 60 days.",
        ["register.fork"] =
            "The other node showed two different histories of its register. Both are kept as proof. An administrator must look at once.",
        ["register.admitted-untrusted"] =
            "An act of a State that is not taken at its word has entered all the same, because it preserves data or is an emergency. Call the State back before anything is given.",
        ["register.behind"] =
            "Another State has seen more of this node's own register than is here: the node was put back from an older copy. It appends nothing any more. An administrator must put back the newest copy.",
        ["register.held"] =
            "An act is held: the State that sent it showed two histories of its register, or went back. It is kept and has no effect until an officer takes that State at its word again.",
        ["register.not-consistent"] =
            "The other node could not show that its register only grew. Both statements are kept as proof. An administrator must look at once.",
        ["register.went-back"] =
            "The other node's register is shorter than it was: it was restored, or its history was cut. An administrator must look.",
        ["request.content-missing"] = "The request does not say everything the Convention asks it to say.",
        ["signature.attributes-differ"] =
            "What is in the file is not what was signed. Do not act on it; call the sender back.",
        ["signature.malformed"] = "The file is no signed act. Call the sender back over a channel you trust.",
        ["signature.not-canonical"] =
            "The signed form is not the one both nodes agreed on. The sender's software must be looked at.",
        ["signature.scheme-unknown"] = "It is signed with a kind of key that is not used between nodes.",
        ["signature.too-large"] = "It is larger than any act may be.",
        ["supplement.facts-not-numbered-on"] = "The facts added are not numbered on from those before.",
        ["supplement.question-unknown"] = "One of the answers is to a question that was not asked.",
        ["supply.exhibit-doubled"] = "One of the exhibits was supplied before.",
        ["supply.exhibit-not-held"] = "One of the exhibits is not whole in this node's store.",
        ["timestamp.overdue"] =
            "No timestamp authority has answered for too long. Entries are kept and sent as ever; proof from outside of when they were made is missing. An administrator must look.",
    };

    /// <summary>The meaning; for a code of no sentence, the code alone.</summary>
    public static string Of(string code) =>
        Words.TryGetValue(code, out var words) ? words
        : code.StartsWith("peer.", StringComparison.Ordinal)
            ? $"The other node did not admit our act. {Of(code["peer.".Length..])}"
        : $"The node says: {code}.";

    /// <summary>Whether there is a sentence for a code.</summary>
    public static bool Knows(string code) => Words.ContainsKey(code);
}
