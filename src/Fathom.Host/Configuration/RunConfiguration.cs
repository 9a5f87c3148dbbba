using System.Text;
using Fathom.Domain;
using Fathom.Host.Configuration.Toml;

namespace Fathom.Host.Configuration;

/// <summary>The effective configuration of one run: all layers laid over each other. Read it through <see cref="Root"/>, then call <see cref="RejectUnknown"/>.</summary>
/// <remarks>Entries, <see cref="Canonical"/> and <see cref="AsUsed"/> hold what was read so far, so they are complete once every owner has bound its options.</remarks>
public sealed class RunConfiguration
{
    /// <summary>Unknown keys that one message names.</summary>
    private const int ShownMax = 10;

    internal RunConfiguration(string name, TomlTable table, string configFolder, string workingFolder)
    {
        Name = name;
        Root = new ConfigSection("", "", table, configFolder, workingFolder);
    }

    /// <summary>The file as the user wrote it, or what stands in its place.</summary>
    public string Name { get; }

    /// <summary>The table without a name, which holds all sections.</summary>
    public ConfigSection Root { get; }

    /// <summary>Every value that was asked for, section by section in the order of asking.</summary>
    public IEnumerable<ConfigEntry> Entries => EntriesOf(Root);

    private static IEnumerable<ConfigEntry> EntriesOf(ConfigSection section) => section.Entries.Concat(section.Sections.SelectMany(EntriesOf));

    /// <summary>Refuses keys and sections that were written and that nobody asked for: a misspelt limit must not be a missing limit.</summary>
    /// <exception cref="InputException">Names every such key with its place and the nearest known one.</exception>
    public void RejectUnknown()
    {
        List<UnknownKey> unknown = [.. Root.Unknown().OrderBy(key => (key.Origin.Layer, key.Origin.Line))];
        if (unknown.Count == 0) return;
        const string Fix = "Correct the spelling or remove what is not known; --explain-config lists all keys.";
        if (unknown is [UnknownKey only]) throw new InputException(only.Origin.ToString(), $"the unknown key {only.Path}", Expected(only), Fix);

        string more = unknown.Count > ShownMax ? $" and {unknown.Count - ShownMax} more" : "";
        string found = string.Join(", ", unknown.Take(ShownMax).Select(key => $"the unknown key {key.Path} ({key.Origin})"));
        throw new InputException(Name, found + more, string.Join("; ", unknown.Take(ShownMax).Select(Expected)), Fix);
    }

    /// <summary>A key that is near, or stands in another section under the same name, or else everything that the section knows.</summary>
    private string Expected(UnknownKey unknown) =>
        unknown.Section.Nearest(unknown.Key) ?? Entries.FirstOrDefault(entry => entry.Key == unknown.Key)?.Path ?? unknown.Section.Vocabulary();

    /// <summary>UTF-8 lines <c>path = value</c>, sorted, of everything that can change a result: what the fingerprint hashes. Defaults count, origins do not.</summary>
    public byte[] Canonical()
    {
        IEnumerable<string> lines = Entries.Where(entry => entry is { AffectsResult: true, Value: not null }).Select(entry => $"{entry.Path} = {entry.Value}\n").Order(StringComparer.Ordinal);
        return Encoding.UTF8.GetBytes(string.Concat(lines));
    }

    /// <summary>A configuration file that gives the same run again from any folder: every effective value, paths in full.</summary>
    public string AsUsed()
    {
        StringBuilder text = new();
        AppendSection(text, Root);
        return text.ToString();
    }

    private static void AppendSection(StringBuilder text, ConfigSection section)
    {
        List<ConfigEntry> set = [.. section.Entries.Where(entry => entry.Value is not null)];
        // A header without keys matters only for [[arrays]], whose items count.
        if (section.Header.Length > 0 && (set.Count > 0 || section.Header.StartsWith("[[", StringComparison.Ordinal)))
            text.Append(text.Length == 0 ? "" : "\n").Append(section.Header).Append('\n');
        foreach (ConfigEntry entry in set) text.Append(TomlWriter.Key(entry.Key)).Append(" = ").Append(entry.Value).Append('\n');
        foreach (ConfigSection child in section.Sections) AppendSection(text, child);
    }
}
