using System.Globalization;
using Fathom.Domain.Values;

namespace Fathom.Simulation.Generator;

/// <summary>Names and numbers of the invented futures: "FTHH6", then "FAAAH6", "FAAAM6", "FAAAU6", "FAABH6" …</summary>
internal static class InstrumentNames
{
    private const int Letters = 26, Months = 3;
    private const ulong FirstVenueInstrument = 500_001;

    /// <summary>2025-12-01T00:00:00Z.</summary>
    public static Timestamp Activation => new(1_764_547_200 * Timestamp.NanosPerSecond);

    /// <summary>The third Friday of March, June or September 2026, 13:30 UTC.</summary>
    public static Timestamp Expiration(int index) => new(Month(index) switch
    {
        0 => 1_774_013_400 * Timestamp.NanosPerSecond,
        1 => 1_781_875_800 * Timestamp.NanosPerSecond,
        _ => 1_789_738_200 * Timestamp.NanosPerSecond,
    });

    public static ulong VenueInstrument(int index) => FirstVenueInstrument + (ulong)index;

    /// <summary>Distinct for the first 52,729 instruments.</summary>
    public static string Symbol(int index)
    {
        if (index == 0) return "FTHH6";
        int root = (index - 1) / Months;
        char first = (char)('A' + root / (Letters * Letters)), second = (char)('A' + root / Letters % Letters), third = (char)('A' + root % Letters);
        return string.Create(CultureInfo.InvariantCulture, $"F{first}{second}{third}{"HMU"[Month(index)]}6");
    }

    private static int Month(int index) => index == 0 ? 0 : (index - 1) % Months;
}
