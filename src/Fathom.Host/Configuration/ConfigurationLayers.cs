using System.Collections;
using Fathom.Data.Files;
using Fathom.Domain;
using Fathom.Host.Configuration.Toml;

namespace Fathom.Host.Configuration;

/// <summary>Lays a file, the environment and the command line over each other. Defaults are the getters' business, below all of them.</summary>
public static class ConfigurationLayers
{
    /// <summary>Variables that start with it are configuration: <c>FATHOM__VENUE__ENTRY_LATENCY</c> is venue.entry_latency.</summary>
    public const string VariablePrefix = "FATHOM__";

    /// <summary>The section whose keys are names of instruments, which keep their capitals.</summary>
    private const string InstrumentSection = "instrument";

    private const string KeyFix = "Write --set section.key=value, for example --set venue.entry_latency=1ms; quote names with other characters: --set 'instrument.\"CL.FUT\".tick=0.01'.";

    /// <summary>Reads a configuration with this process's environment and working directory.</summary>
    /// <param name="file">A TOML file.</param>
    /// <param name="sets">What stands after each <c>--set</c>: <c>section.key=value</c>. A later one wins.</param>
    /// <exception cref="InputException">Unreadable file, broken TOML, or a variable or --set that cannot be laid over it.</exception>
    public static RunConfiguration Load(string file, IEnumerable<string> sets) => Load(file, sets, ProcessVariables(), Environment.CurrentDirectory);

    /// <param name="variables">The environment: names and values.</param>
    /// <param name="workingFolder">Full path.</param>
    /// <inheritdoc cref="Load(string, IEnumerable{string})"/>
    public static RunConfiguration Load(string file, IEnumerable<string> sets, IReadOnlyDictionary<string, string> variables, string workingFolder)
    {
        string full = Path.GetFullPath(file, workingFolder);
        TomlTable table = TomlReader.Read(ReadBytes(full, "a configuration file"), file);
        table.Remove(LaneLayers.Section);      // each lane is a configuration of its own
        return Lay(file, table, Path.GetDirectoryName(full)!, sets, variables, workingFolder);
    }

    /// <summary>A file as it is written, without other layers.</summary>
    internal static TomlTable ReadTable(string file) => TomlReader.Read(ReadBytes(Path.GetFullPath(file, Environment.CurrentDirectory), "a configuration file"), file);

    /// <summary>The same for a configuration that is not in a file; its paths are relative to the working directory.</summary>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="toml">Its text.</param>
    public static RunConfiguration FromText(string name, string toml, IEnumerable<string> sets, IReadOnlyDictionary<string, string> variables, string workingFolder) =>
        Lay(name, TomlReader.Read(System.Text.Encoding.UTF8.GetBytes(toml), name), workingFolder, sets, variables, workingFolder);

    /// <inheritdoc cref="FromText(string, string, IEnumerable{string}, IReadOnlyDictionary{string, string}, string)"/>
    public static RunConfiguration FromText(string name, string toml, IEnumerable<string> sets) => FromText(name, toml, sets, ProcessVariables(), Environment.CurrentDirectory);

    /// <summary>A configuration that nothing is laid over, neither environment nor command line: that of a run that was.</summary>
    /// <param name="file">Its file, for messages and for what is relative to it.</param>
    /// <param name="toml">The file's bytes, UTF-8.</param>
    /// <exception cref="InputException">Broken TOML.</exception>
    public static RunConfiguration Alone(string file, ReadOnlySpan<byte> toml)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        return new RunConfiguration(file, TomlReader.Read(toml, file), folder, folder);
    }

    private static RunConfiguration Lay(string name, TomlTable table, string configFolder, IEnumerable<string> sets, IReadOnlyDictionary<string, string> variables, string workingFolder)
    {
        foreach (string folder in new[] { workingFolder, configFolder }.Distinct())      // the one beside the configuration is nearer to it and wins
        {
            string path = Path.Combine(folder, ".env");
            if (File.Exists(path)) LayVariables(table, EnvironmentFile.Read(ReadBytes(path, "an environment file"), path), name => $"{name} in {path}");
        }
        LayVariables(table, variables, name => name);
        foreach (string set in sets) LaySet(table, set);
        return new RunConfiguration(name, table, configFolder, workingFolder);
    }

    private static void LayVariables(TomlTable table, IReadOnlyDictionary<string, string> variables, Func<string, string> describe)
    {
        foreach ((string name, string value) in variables.OrderBy(variable => variable.Key, StringComparer.Ordinal))
        {
            if (!name.StartsWith(VariablePrefix, StringComparison.Ordinal)) continue;
            string[] path = name[VariablePrefix.Length..].Split("__");
            ValueOrigin origin = new(ValueLayer.Environment, describe(name));
            if (path.Contains("")) throw new InputException(origin.ToString(), "an empty part in the name", "FATHOM__SECTION__KEY", "Part the names with two underscores, exactly.");
            new Overlay(path, origin, isCaseless: true).Put(table, value);
        }
    }

    private static void LaySet(TomlTable table, string set)
    {
        int equals = IndexOfEquals(set);
        if (equals < 0) throw new InputException($"--set {set}", "no =", "section.key=value", KeyFix);
        string key = set[..equals].Trim();
        ValueOrigin origin = new(ValueLayer.Set, key);
        IReadOnlyList<string> path;
        try
        {
            path = TomlReader.ReadKeyPath(key, origin);
        }
        catch (InputException wrong)
        {
            throw new InputException($"--set {set}", wrong.Found, "section.key=value", KeyFix);
        }
        new Overlay(path, origin, isCaseless: false).Put(table, set[(equals + 1)..]);
    }

    /// <summary>The first = outside of quotes.</summary>
    private static int IndexOfEquals(string set)
    {
        char quote = '\0';
        for (int i = 0; i < set.Length; i++)
        {
            if (quote != '\0') quote = set[i] == quote ? '\0' : quote;
            else if (set[i] is '"' or '\'') quote = set[i];
            else if (set[i] == '=') return i;
        }
        return -1;
    }

    private static byte[] ReadBytes(string path, string kind)
    {
        using FileStream file = InputFile.Open(path, kind, mayBeEmpty: true);
        byte[] bytes = new byte[TomlReader.LengthMax + 1];      // one more than allowed: the reader refuses it
        int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return bytes[..length];
    }

    private static Dictionary<string, string> ProcessVariables() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "", StringComparer.Ordinal);

    /// <summary>One value on its way into the tables.</summary>
    private sealed class Overlay(IReadOnlyList<string> path, ValueOrigin origin, bool isCaseless)
    {
        /// <summary>Replaces or adds the value; sections on the way are made when they are missing. Text that is no TOML value is a string.</summary>
        public void Put(TomlTable table, string text)
        {
            TomlNode value = TomlReader.TryReadValue(text, origin, out TomlNode? read) ? read : new TomlScalar(TomlKind.String, text, origin);
            for (int i = 0; i < path.Count - 1; i++) table = StepInto(table, ref i);
            table.Put(KeyIn(table, path.Count - 1), value);
        }

        /// <summary>One step down; through [[name]] with the index that follows, or without one when there is a single table.</summary>
        private TomlTable StepInto(TomlTable table, ref int i)
        {
            string key = KeyIn(table, i);
            if (!table.TryGet(key, out TomlNode? node)) table.Put(key, node = new TomlTable(origin));
            if (node is TomlArray array && array.Items.All(item => item is TomlTable)) node = ItemOf(array, ref i);
            return node as TomlTable ?? throw new InputException(origin.ToString(), $"{key}, which is a value ({node.Origin})", "a section", $"Set {string.Join('.', path.Take(i + 1))} itself.");
        }

        private TomlNode ItemOf(TomlArray array, ref int i)
        {
            string name = path[i];
            bool isIndexed = i + 2 < path.Count && int.TryParse(path[i + 1], out _);
            if (!isIndexed && array.Items.Count == 1) return array.Items[0];
            if (isIndexed && int.Parse(path[i + 1]) is int index && index >= 0 && index < array.Items.Count)
            {
                i++;
                return array.Items[index];
            }
            throw new InputException(origin.ToString(), isIndexed ? $"{name}.{path[i + 1]}" : $"{name} without a number", $"{name}.0 to {name}.{array.Items.Count - 1}",
                $"The configuration has {array.Items.Count} [[{name}]]: say which, counting from 0.");
        }

        /// <summary>Variables are written in capitals: an existing key is meant whatever its case, a new one is in small letters.</summary>
        private string KeyIn(TomlTable table, int i)
        {
            string name = path[i];
            if (!isCaseless) return name;
            foreach (string key in table.Entries.Keys)
                if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase)) return key;
            bool isSymbol = i == 1 && string.Equals(path[0], InstrumentSection, StringComparison.OrdinalIgnoreCase);
            return isSymbol ? name : name.ToLowerInvariant();
        }
    }
}
