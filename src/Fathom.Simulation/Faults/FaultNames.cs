using System.Text;

namespace Fathom.Simulation.Faults;

/// <summary>The faults' names in schedules and on the command line: snake_case.</summary>
public static class FaultNames
{
    private static readonly string[] s_names = Array.ConvertAll(Enum.GetNames<FaultKind>(), SnakeCase);      // the values are 0, 1, 2 …

    /// <summary>Every kind that there is, in the order of their numbers.</summary>
    public static IReadOnlyList<FaultKind> All { get; } = Enum.GetValues<FaultKind>()[1..];

    /// <summary>The names of all kinds, for people.</summary>
    public static string List => string.Join(", ", s_names, 1, s_names.Length - 1);

    public static string Of(FaultKind kind) => s_names[(int)kind];

    public static bool TryFind(ReadOnlySpan<char> name, out FaultKind kind)
    {
        foreach (FaultKind candidate in All)
        {
            if (!name.SequenceEqual(s_names[(int)candidate])) continue;
            kind = candidate;
            return true;
        }
        kind = FaultKind.None;
        return false;
    }

    private static string SnakeCase(string name)
    {
        StringBuilder text = new();
        foreach (char letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(letter));
        }
        return text.ToString();
    }
}
