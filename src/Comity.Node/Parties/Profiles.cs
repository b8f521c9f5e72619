// SPDX-License-Identifier: EUPL-1.2
using Comity.Node.Settings;
using Comity.Parties;
using Comity.Profiles;

namespace Comity.Node.Parties;

/// <summary>The profiles an operator has put beside the node: its own law, and what it knows of the others'.</summary>
/// <remarks>
/// Files <c>profiles/XA.json</c> in the data folder, read at every start. A file that is not a profile stops the start: law
/// that silently is not there would make findings unknown that are known. Findings made from them are this node's own.
/// </remarks>
internal sealed class LocalProfiles
{
    private readonly Dictionary<PartyId, PartyProfile> profiles;

    private LocalProfiles(Dictionary<PartyId, PartyProfile> profiles) => this.profiles = profiles;

    /// <summary>The profile of a Party, or nothing.</summary>
    public PartyProfile? Of(PartyId party) => profiles.GetValueOrDefault(party);

    /// <summary>Reads the profiles of a node.</summary>
    /// <exception cref="InvalidDataException">A file is not a profile, or not that Party's.</exception>
    public static LocalProfiles Load(NodeSettings settings)
    {
        var folder = settings.ProfileFolder;
        var profiles = new Dictionary<PartyId, PartyProfile>();
        foreach (
            var file in Directory.Exists(folder)
                ? Directory.GetFiles(folder, "*.json").Order()
                : Enumerable.Empty<string>()
        )
        {
            var read = ProfileEncoding.Parse(File.ReadAllBytes(file));
            if (read is not Outcome<PartyProfile>.Admitted profile)
            {
                var why = ((Outcome<PartyProfile>.Refused)read).Why;
                throw new InvalidDataException($"{file}: {why.Code} {why.Where}");
            }

            if (Path.GetFileNameWithoutExtension(file) != profile.Value.Party.ToString())
            {
                throw new InvalidDataException($"{file} is the profile of {profile.Value.Party}: name it so");
            }

            profiles[profile.Value.Party] = profile.Value;
        }

        return new LocalProfiles(profiles);
    }
}
