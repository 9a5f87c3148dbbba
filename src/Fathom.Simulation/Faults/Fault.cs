using System.Globalization;

namespace Fathom.Simulation.Faults;

/// <summary>One fault of a schedule. Its text is <c>kind@step:amount</c>, as in <c>report_late@120:750</c>.</summary>
/// <param name="Step">Number of the event of the run (1, 2, 3 …) from which on it strikes: at once, or the next thing that it can strike.</param>
/// <param name="Amount">Milliseconds, or which of several things; <see cref="FaultKind"/> says. Zero or more.</param>
public readonly record struct Fault(long Step, FaultKind Kind, long Amount)
{
    /// <summary>Larger amounts are not read.</summary>
    public const long AmountMax = 86_400_000;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{FaultNames.Of(Kind)}@{Step}:{Amount}");

    /// <summary>Reads <c>kind@step:amount</c>; the amount may be left out and is 0 then.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Fault fault)
    {
        fault = default;
        int at = text.IndexOf('@');
        if (at < 0 || !FaultNames.TryFind(text[..at], out FaultKind kind)) return false;
        ReadOnlySpan<char> step = text[(at + 1)..], amount = "0";
        int colon = step.IndexOf(':');
        if (colon >= 0)
        {
            amount = step[(colon + 1)..];
            step = step[..colon];
        }
        if (!TryNumber(step, long.MaxValue, out long number) || !TryNumber(amount, AmountMax, out long size)) return false;
        fault = new Fault(number, kind, size);
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, long max, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= max;
}
