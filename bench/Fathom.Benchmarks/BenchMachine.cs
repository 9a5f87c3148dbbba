using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Fathom.Benchmarks;

/// <summary>Where a benchmark ran.</summary>
internal static class BenchMachine
{
    public static string Processor { get; } = CpuInfo("model name") ?? RuntimeInformation.ProcessArchitecture.ToString();

    public static string Runtime { get; } = RuntimeInformation.FrameworkDescription;

    public static int Processors { get; } = Environment.ProcessorCount;

    /// <summary>Frequency of the time-stamp counter in hertz, as the system states it; NaN where it does not.</summary>
    public static double TscHertz { get; } =
        double.TryParse(CpuInfo("cpu MHz"), NumberStyles.Float, CultureInfo.InvariantCulture, out double megahertz) ? megahertz * 1e6 : double.NaN;

    /// <summary>Commit of the sources, as the build noted it; empty when it was not built from a repository.</summary>
    public static string Commit { get; } =
        typeof(BenchMachine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+') is [_, string commit] ? commit : "";

    private static string? CpuInfo(string key)
    {
        const string path = "/proc/cpuinfo";
        if (!File.Exists(path)) return null;
        string? line = File.ReadLines(path).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal));
        return line?[(line.IndexOf(':') + 1)..].Trim();
    }
}
