using System.Collections.Concurrent;
using System.Text;

namespace Fathom.Analytics.Reports;

/// <summary>The trade's words in files and JSON: small letters, parts joined by underscores ("post_only"); empty for none.</summary>
public static class Words
{
    /// <summary>The word of an enumeration's value; made once. From any thread.</summary>
    public static string Of<T>(T value) where T : struct, Enum => Known<T>.Words.GetOrAdd(value, static value => Make(value.ToString()));

    private static string Make(string name)
    {
        if (name == "None") return "";
        StringBuilder word = new();
        foreach (char c in name)
        {
            if (char.IsAsciiLetterUpper(c) && word.Length > 0) word.Append('_');
            word.Append(char.ToLowerInvariant(c));
        }
        return word.ToString();
    }

    private static class Known<T> where T : struct, Enum
    {
        public static readonly ConcurrentDictionary<T, string> Words = new();
    }
}
