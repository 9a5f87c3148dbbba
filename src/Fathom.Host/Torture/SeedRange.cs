using System.Globalization;
using Fathom.Domain;

namespace Fathom.Host.Torture;

/// <summary>Seeds from one to another, both included.</summary>
public readonly record struct SeedRange(ulong First, ulong Last)
{
    /// <summary>More are not run at once: at thousands a minute it is days.</summary>
    public const ulong CountMax = 100_000_000;

    private const string Form = "FIRST..LAST, two whole numbers, as in 1..1000";

    public long Count => (long)(Last - First) + 1;

    /// <summary>Reads "1..1000".</summary>
    /// <exception cref="InputException">No range, one that runs backwards, or one that is too long.</exception>
    public static SeedRange Parse(string text)
    {
        string[] ends = text.Split("..");
        if (ends.Length != 2 || !TryNumber(ends[0], out ulong first) || !TryNumber(ends[1], out ulong last))
            throw new InputException("--seeds", $"'{text}'", Form, TryNumber(text, out ulong one) ? $"Write --seeds {one}..{one}, or --seed {one} for one schedule." : "Write --seeds 1..1000.");
        if (first > last) throw new InputException("--seeds", $"'{text}', which runs backwards", Form, $"Write --seeds {last}..{first}.");
        if (last - first >= CountMax)
            throw new InputException("--seeds", string.Create(CultureInfo.InvariantCulture, $"'{text}', {(UInt128)(last - first) + 1} seeds"), $"at most {CountMax}", "Take fewer, and others the next time.");
        return new SeedRange(first, last);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First}..{Last}");

    private static bool TryNumber(string text, out ulong number) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
