using System.Globalization;
using Fathom.Domain.Values;

namespace Fathom.Analytics.Reports;

/// <summary>How a run's files say money and times.</summary>
public static class ReportNumbers
{
    private const long NanosPerMicrosecond = 1_000;

    /// <summary>Milliseconds since 1970, cut to whole microseconds: a page's number has no more digits.</summary>
    public static double Milliseconds(Timestamp time) => time.Nanos / NanosPerMicrosecond / 1e3;

    /// <summary>Exact, without trailing zeros.</summary>
    public static string Money(decimal amount) => amount.ToString("0.############################", CultureInfo.InvariantCulture);
}
