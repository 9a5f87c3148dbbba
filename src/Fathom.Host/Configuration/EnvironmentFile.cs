using System.Text;
using Fathom.Domain;

namespace Fathom.Host.Configuration;

/// <summary>Reads a <c>.env</c> file: lines <c>NAME=value</c>, the value optionally in single or double quotes, <c># comments</c>, an optional <c>export</c>.
/// Nothing is expanded; a later line wins.</summary>
public static class EnvironmentFile
{
    /// <exception cref="InputException">A line that is none of these, or bytes that are not UTF-8.</exception>
    public static IReadOnlyDictionary<string, string> Read(ReadOnlySpan<byte> utf8, string file)
    {
        Dictionary<string, string> variables = new(StringComparer.Ordinal);
        string[] lines = Decode(utf8, file).Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (line.StartsWith("export ", StringComparison.Ordinal)) line = line[7..].TrimStart();
            if (line.Length == 0 || line[0] == '#') continue;
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) throw new InputException($"{file}:{i + 1}", "a line without NAME=", "NAME=value", "Write one variable on a line, or start the line with #.");
            variables[line[..equals].TrimEnd()] = Unquoted(line[(equals + 1)..].TrimStart());
        }
        return variables;
    }

    private static string Unquoted(string value)
    {
        if (value.Length > 1 && value[0] is '"' or '\'' && value.IndexOf(value[0], 1) is > 0 and int end) return value[1..end];
        int comment = value.IndexOf(" #", StringComparison.Ordinal);
        return comment < 0 ? value : value[..comment].TrimEnd();
    }

    private static string Decode(ReadOnlySpan<byte> utf8, string file)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(utf8);
        }
        catch (DecoderFallbackException)
        {
            throw new InputException(file, "bytes that are not UTF-8", "UTF-8 text", "Save the file as UTF-8.");
        }
    }
}
