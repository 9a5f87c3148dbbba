using System.Globalization;
using Fathom.Domain;

namespace Fathom.Benchmarks;

/// <summary>Reads a benchmark's options.</summary>
internal static class BenchOptions
{
    /// <summary>The number behind the name; <paramref name="otherwise"/> where the name is not given.</summary>
    /// <exception cref="InputException">It is not a whole number above zero.</exception>
    public static long Number(string[] options, string name, long otherwise)
    {
        int at = Array.IndexOf(options, name);
        if (at < 0) return otherwise;
        string text = at + 1 < options.Length ? options[at + 1] : "nothing";
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > 0
            ? number
            : throw new InputException(name, text, "a whole number above zero", $"Write {name} 1000000.");
    }
}
