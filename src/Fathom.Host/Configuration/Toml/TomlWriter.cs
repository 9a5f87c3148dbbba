using System.Globalization;
using System.Text;

namespace Fathom.Host.Configuration.Toml;

/// <summary>Writes values and keys as TOML, in one way only, so that equal values give equal bytes.</summary>
public static class TomlWriter
{
    /// <summary>The value on one line.</summary>
    public static string Literal(TomlNode node)
    {
        StringBuilder text = new();
        Append(text, node);
        return text.ToString();
    }

    /// <summary>The key, bare where TOML allows it.</summary>
    public static string Key(string key) => key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? key : Quoted(key);

    private static void Append(StringBuilder text, TomlNode node)
    {
        switch (node)
        {
            case TomlScalar { Kind: TomlKind.String } scalar: text.Append(Quoted(scalar.Text)); break;
            case TomlScalar scalar: text.Append(scalar.Text); break;
            case TomlArray array: AppendList(text, "[", array.Items, Append, "]"); break;
            case TomlTable table: AppendList(text, "{ ", table.Entries, AppendEntry, " }"); break;
        }
    }

    private static void AppendEntry(StringBuilder text, KeyValuePair<string, TomlNode> entry)
    {
        text.Append(Key(entry.Key)).Append(" = ");
        Append(text, entry.Value);
    }

    private static void AppendList<T>(StringBuilder text, string open, IEnumerable<T> items, Action<StringBuilder, T> append, string close)
    {
        text.Append(open);
        bool isFirst = true;
        foreach (T item in items)
        {
            if (!isFirst) text.Append(", ");
            isFirst = false;
            append(text, item);
        }
        text.Append(close);
    }

    private static string Quoted(string value)
    {
        StringBuilder text = new("\"");
        foreach (char c in value)
        {
            if (c is '"' or '\\') text.Append('\\').Append(c);
            else if (c == '\n') text.Append("\\n");
            else if (c is < ' ' or '\x7F') text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            else text.Append(c);
        }
        return text.Append('"').ToString();
    }
}
