using System.Text.RegularExpressions;
using Fathom.Domain;
using Fathom.Host.Configuration.Toml;

namespace Fathom.Host.Configuration;

/// <summary>Makes of one configuration those of its lanes: the file's <c>[[lane]]</c> tables, times every combination of the values after <c>--vary</c>. A lane's values lie over
/// all other layers, and its configuration is what a run of its own with them after <c>--set</c> would have.</summary>
public static partial class LaneLayers
{
    /// <summary>More lanes than this are refused.</summary>
    public const int LanesMax = 1_000;

    internal const string Section = "lane";

    private const int NameLengthMax = 100;

    private static readonly string[] Varied = ["strategy.", "risk.", "fees.", "venue.entry_latency", "venue.response_latency", "venue.held", "account.cash"];

    /// <summary>Lays the layers of each lane; empty when the configuration has no lanes and nothing varies.</summary>
    /// <param name="file">A TOML file.</param>
    /// <param name="sets">What stands after each <c>--set</c>.</param>
    /// <param name="varies">What stands after each <c>--vary</c>: <c>section.key=a,b,c</c>.</param>
    /// <exception cref="InputException">What <see cref="ConfigurationLayers"/> refuses; lanes without a sound name, too many, or that differ in what is read.</exception>
    public static IReadOnlyList<LaneConfiguration> Load(string file, IReadOnlyList<string> sets, IReadOnlyList<string> varies)
    {
        List<Draft> drafts = Written(ConfigurationLayers.ReadTable(file));
        if (drafts.Count == 0 && varies.Count == 0) return [];
        if (drafts.Count == 0) drafts.Add(new Draft("", []));
        foreach (string vary in varies) drafts = Multiply(drafts, vary);
        SortedSet<string> names = new(StringComparer.OrdinalIgnoreCase);      // they become folders
        List<LaneConfiguration> lanes = [];
        foreach (Draft draft in drafts)
        {
            if (!names.Add(draft.Name)) throw new InputException("lane", $"'{draft.Name}' twice", "a name of its own for each lane (capitals do not count)", "Rename one, or leave out the value that stands twice.");
            if (draft.Values.GroupBy(value => value.Key, StringComparer.Ordinal).FirstOrDefault(values => values.Count() > 1) is { } several)
                throw new InputException("lane", $"{several.Key} twice in {draft.Name}", "each key once in a lane", "Take one of the two out of [lane.set] or --vary.");
            lanes.Add(new LaneConfiguration(draft.Name, draft.Values, ConfigurationLayers.Load(file, [.. sets, .. draft.Values.Select(value => $"{value.Key}={value.Value}")])));
        }
        return lanes;
    }

    private sealed record Draft(string Name, IReadOnlyList<(string Key, string Value)> Values);

    // ---- in the file

    private static List<Draft> Written(TomlTable root)
    {
        List<Draft> drafts = [];
        if (!root.TryGet(Section, out TomlNode? node)) return drafts;
        if (node is not TomlArray { IsOfTables: true } lanes) throw new InputException(node.Origin.ToString(), "lane, which is not [[lane]]", "[[lane]] tables", "Write [[lane]] before each.");
        RequireCount(lanes.Items.Count);
        foreach (TomlTable lane in lanes.Items.Cast<TomlTable>())
        {
            foreach ((string key, TomlNode value) in lane.Entries)
                if (key is not ("name" or "set")) throw new InputException(value.Origin.ToString(), $"the unknown key lane.{key}", "in [[lane]] only name and set", "Put what differs under [lane.set], for example \"strategy.params.size\" = 2.");
            string name = lane.TryGet("name", out TomlNode? named) && named is TomlScalar { Kind: TomlKind.String } text ? text.Text : "";
            if (!IsName(name)) throw WrongName(lane.Origin.ToString(), name);
            List<(string, string)> values = [];
            if (lane.TryGet("set", out TomlNode? set)) Flatten(set as TomlTable ?? throw new InputException(set.Origin.ToString(), "set, which is not a table", "[lane.set]", "Write [lane.set] and one key a line."), "", values);
            drafts.Add(new Draft(name, values));
        }
        return drafts;
    }

    /// <summary>Keys may be quoted whole ("risk.position_max") or written as tables; both mean the same.</summary>
    private static void Flatten(TomlTable table, string prefix, List<(string, string)> values)
    {
        foreach ((string key, TomlNode value) in table.Entries)
        {
            string path = prefix + key;
            if (value is TomlTable inner)
            {
                Flatten(inner, path + ".", values);
                continue;
            }
            RequireVaried(path, value.Origin.ToString());
            values.Add((path, value.ToString()));
        }
    }

    // ---- on the command line

    private static List<Draft> Multiply(List<Draft> drafts, string vary)
    {
        int equals = vary.IndexOf('=', StringComparison.Ordinal);
        string key = equals < 0 ? "" : vary[..equals].Trim();
        string[] values = equals < 0 ? [] : [.. Split(vary[(equals + 1)..])];
        if (key.Length == 0 || values.Length == 0 || values.Contains(""))
            throw new InputException($"--vary {vary}", "no key or no value", "section.key=value,value,…", "For example --vary strategy.params.half_spread=1,2,3.");
        RequireVaried(key, $"--vary {vary}");
        RequireCount((long)drafts.Count * values.Length);
        string shortKey = key[(key.LastIndexOf('.') + 1)..];
        List<Draft> multiplied = [];
        foreach (Draft draft in drafts)
        {
            foreach (string value in values)
            {
                string name = $"{draft.Name}{(draft.Name.Length == 0 ? "" : ",")}{shortKey}={NotInNames().Replace(value, "_")}";
                if (!IsName(name)) throw WrongName($"--vary {vary}", name);
                multiplied.Add(new Draft(name, [.. draft.Values, (key, value)]));
            }
        }
        return multiplied;
    }

    /// <summary>At commas outside of quotes and brackets.</summary>
    private static IEnumerable<string> Split(string text)
    {
        int start = 0, depth = 0;
        char quote = '\0';
        for (int i = 0; i < text.Length; i++)
        {
            char letter = text[i];
            if (quote != '\0') quote = letter == quote ? '\0' : quote;
            else if (letter is '"' or '\'') quote = letter;
            else if (letter is '[' or '{') depth++;
            else if (letter is ']' or '}') depth--;
            else if (letter == ',' && depth == 0)
            {
                yield return text[start..i].Trim();
                start = i + 1;
            }
        }
        yield return text[start..].Trim();
    }

    // ---- what both refuse

    private static void RequireVaried(string key, string origin)
    {
        if (Varied.Any(allowed => allowed[^1] == '.' ? key.StartsWith(allowed, StringComparison.Ordinal) : key == allowed)) return;
        throw new InputException(origin, $"{key}, which all lanes share: they are led through one reading of the data", $"a key under {string.Join(", ", Varied.Select(allowed => allowed.TrimEnd('.')))}",
            "Set it for all lanes, or run each value on its own.");
    }

    private static void RequireCount(long count)
    {
        if (count > LanesMax) throw new InputException("lane", $"{count} lanes", $"at most {LanesMax}", "Vary fewer values, or split them over several runs.");
    }

    private static InputException WrongName(string origin, string name) => new(
        origin, name.Length == 0 ? "a lane without a name" : $"the lane name '{name}'", $"1 to {NameLengthMax} letters, digits and . , _ = + -, not beginning with a dot", "Give it another name: it becomes a folder.");

    private static bool IsName(string name) => name.Length <= NameLengthMax && NamePattern().IsMatch(name);

    [GeneratedRegex(@"^[A-Za-z0-9_=+,-][A-Za-z0-9._=+,-]*\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex("[^A-Za-z0-9._+-]+")]
    private static partial Regex NotInNames();
}
