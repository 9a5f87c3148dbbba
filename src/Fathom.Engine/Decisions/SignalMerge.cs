using Fathom.Domain.Values;

namespace Fathom.Engine.Decisions;

/// <summary>Makes one position of the signals of an aggregator's members, by the rules of <see cref="AggregatorMethod"/>.</summary>
/// <remarks>In whole numbers of 1e-9, confidences and thresholds included, so that 0.1 and 0.2 reach 0.3 and no order of adding changes anything. A member's vote (weight × confidence) is cut off
/// to 1e-9. The position is rounded toward zero to the lot.</remarks>
internal sealed class SignalMerge
{
    private const long One = 1_000_000_000;

    private readonly AggregatorMethod _method;
    private readonly long[] _weights;
    private readonly long _threshold;

    public SignalMerge(AggregatorOptions options)
    {
        _method = options.Method;
        _threshold = (long)(options.Threshold * One);
        _weights = new long[options.Strategies.Count];
        for (int i = 0; i < _weights.Length; i++) _weights[i] = options.Weights.Count == 0 ? One : (long)(options.Weights[i] * One);
    }

    /// <param name="signals">By member; null where none stands.</param>
    /// <returns>False where no signal stands: nothing is wanted then, not even to be flat.</returns>
    public bool TryMerge(ReadOnlySpan<Signal?> signals, Quantity lot, out Quantity position)
    {
        bool isAny = false;
        foreach (Signal? signal in signals) isAny |= signal is not null;
        Int128 nanos = _method switch
        {
            AggregatorMethod.Priority => Decide(signals),
            AggregatorMethod.Vote => Vote(signals),
            _ => Sum(signals),
        };
        nanos = Int128.Clamp(nanos, -(long.MaxValue - 1), long.MaxValue - 1);
        if (lot.IsPositive) nanos -= nanos % lot.Nanos;
        position = new Quantity((long)nanos);
        return isAny;
    }

    private Int128 Decide(ReadOnlySpan<Signal?> signals)
    {
        foreach (Signal? signal in signals)
            if (signal is { Side: Side.Buy or Side.Sell } one && Nanos(one.Confidence) >= _threshold) return one.Position.Nanos;
        return 0;
    }

    private Int128 Vote(ReadOnlySpan<Signal?> signals)
    {
        Int128 weights = 0, buys = 0, sells = 0, bought = 0, sold = 0;
        for (int i = 0; i < signals.Length; i++)
        {
            if (signals[i] is not { } signal) continue;
            weights += _weights[i];
            Int128 vote = (Int128)_weights[i] * Nanos(signal.Confidence) / One;
            if (signal.Side == Side.Buy) (buys, bought) = (buys + vote, bought + vote * signal.Size.Nanos);
            else if (signal.Side == Side.Sell) (sells, sold) = (sells + vote, sold + vote * signal.Size.Nanos);
        }
        Int128 score = buys - sells;
        if (score == 0 || Int128.Abs(score) * One < _threshold * weights) return 0;
        return score > 0 ? bought / buys : -(sold / sells);
    }

    private Int128 Sum(ReadOnlySpan<Signal?> signals)
    {
        Int128 sum = 0;
        for (int i = 0; i < signals.Length; i++)
            if (signals[i] is { } signal) sum += (Int128)_weights[i] * signal.Position.Nanos;
        return sum / One;
    }

    private static long Nanos(double confidence) => (long)Math.Round(confidence * One, MidpointRounding.ToEven);
}
