using System.Globalization;

namespace Fathom.Tests;

/// <summary>How long random tests go on: as long as everybody's patience allows, or FATHOM_FUZZ_TIMES times that for a run by hand.</summary>
internal static class Fuzz
{
    private static readonly int s_times =
        int.TryParse(Environment.GetEnvironmentVariable("FATHOM_FUZZ_TIMES"), NumberStyles.None, CultureInfo.InvariantCulture, out int times) ? Math.Max(1, times) : 1;

    /// <summary>Number of seeds to try, given the usual one.</summary>
    public static int Seeds(int usual) => checked(usual * s_times);

    /// <summary>Seconds to go on, given the usual ones.</summary>
    public static double Seconds(double usual) => usual * s_times;
}
