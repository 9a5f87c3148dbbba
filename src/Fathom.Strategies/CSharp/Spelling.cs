using System.Text;

namespace Fathom.Strategies.CSharp;

/// <summary>How a C# name is written in a configuration.</summary>
public static class Spelling
{
    /// <summary>HalfSpread → half_spread, EMAFast → ema_fast, HoldMs2 → hold_ms2.</summary>
    public static string Snake(string name) => Separated(name, '_');

    /// <summary>MyQuoter → my-quoter.</summary>
    public static string Kebab(string name) => Separated(name, '-');

    /// <summary>A capital begins a word, unless it stands inside an abbreviation.</summary>
    private static string Separated(string name, char separator)
    {
        StringBuilder text = new(name.Length + 4);
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            bool beginsWord = char.IsUpper(c) && i > 0 && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (c == '_') c = separator;
            else if (beginsWord && text[^1] != separator) text.Append(separator);
            text.Append(char.ToLowerInvariant(c));
        }
        return text.ToString();
    }
}
