namespace Fathom.Host.Verify;

/// <summary>Where two implementations of a feature say most different things.</summary>
/// <param name="Series">Which samples.</param>
/// <param name="Arguments">Of the feature: "sma period = 20".</param>
/// <param name="Row">Counted from 0.</param>
/// <param name="Output">Its name; empty where there is one.</param>
/// <param name="Engine">The engine's number; NaN = not known.</param>
/// <param name="Witness">The second witness's.</param>
public sealed record FeatureDifference(string Series, string Arguments, int Row, string Output, double Engine, double Witness)
{
    /// <summary>Relative to the larger of the two numbers and 1; infinite where one of them is known and the other is not.</summary>
    public double Relative => Of(Engine, Witness);

    /// <summary>How many doubles lie between the two, plus one; 0 for equal ones. Far from zero one of them is 1.1e-16 to 2.2e-16 of the number; near zero they are many and mean little.</summary>
    public double Ulps => double.IsNaN(Engine) || double.IsNaN(Witness) ? double.NaN : Math.Abs((double)((Int128)Order(Engine) - Order(Witness)));

    internal static double Of(double engine, double witness)
    {
        if (double.IsNaN(engine) && double.IsNaN(witness)) return 0;
        double difference = Math.Abs(engine - witness) / Math.Max(1, Math.Max(Math.Abs(engine), Math.Abs(witness)));
        return engine == witness ? 0 : double.IsNaN(difference) ? double.PositiveInfinity : difference;
    }

    /// <summary>Doubles counted in their order.</summary>
    private static long Order(double number)
    {
        long bits = BitConverter.DoubleToInt64Bits(number);
        return bits >= 0 ? bits : long.MinValue - bits;
    }
}
