using Fathom.Analytics.Quotes;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Analytics.PostTrade;

/// <summary>
/// How far from the market's prices one order was filled, so far. Decision price: the mid in force when the order was decided (of one that was held first: when it left). Arrival
/// price: the mid in force when the venue's first answer came in, an acknowledgement or an execution. Both are mids of the engine's book, the second a response latency later than the order's arrival itself.
/// </summary>
public sealed class OrderSlippage
{
    private const double BasisPoints = 1e4;

    private Int128 _filledValue;      // Σ price × quantity, units of 1e-18

    internal OrderSlippage(ClientOrderId id, ushort strategy, InstrumentId instrument, Side side, long number)
    {
        (Id, Strategy, Instrument, Side, Number) = (id, strategy, instrument, side, number);
    }

    public ClientOrderId Id { get; }

    /// <summary>None while nothing was quoted.</summary>
    public Mid DecisionMid { get; private set; } = Mid.None;

    /// <summary>None before the venue's first answer, or while nothing was quoted.</summary>
    public Mid ArrivalMid { get; private set; } = Mid.None;

    /// <summary>Side × (average price of its executions − decision mid) ÷ decision mid without sign; above zero, the order was filled at a worse price. NaN where it is not known.</summary>
    public double DecisionBps => BpsFrom(DecisionMid);

    /// <summary>As <see cref="DecisionBps"/>, from the arrival mid.</summary>
    public double ArrivalBps => BpsFrom(ArrivalMid);

    internal ushort Strategy { get; }
    internal InstrumentId Instrument { get; }
    internal Side Side { get; }

    /// <summary>1, 2, 3 … in the order in which orders came.</summary>
    internal long Number { get; }

    /// <summary>It left for the venue.</summary>
    internal bool IsSent { get; private set; }

    /// <summary>Units of 1e-9; what was taken back is not in it.</summary>
    internal Int128 FilledNanos { get; private set; }

    /// <summary>As in force.</summary>
    internal Quantity Quantity { get; set; }

    internal void NoteDecided(Mid mid) => DecisionMid = mid;

    internal void NoteSent() => IsSent = true;

    /// <summary>The first counts.</summary>
    internal void NoteAnswered(Mid mid)
    {
        if (ArrivalMid.IsNone) ArrivalMid = mid;
    }

    /// <param name="signedNanos">Below zero where an execution is taken back.</param>
    internal void NoteFill(Price price, Int128 signedNanos)
    {
        FilledNanos += signedNanos;
        _filledValue += signedNanos * price.Nanos;
    }

    private double BpsFrom(Mid mid)
    {
        if (mid.IsNone || mid.TwiceNanos == 0 || FilledNanos <= 0) return double.NaN;
        // Twice the value less filled × twice the mid: exact until the last step.
        Int128 twiceMore = 2 * _filledValue - FilledNanos * mid.TwiceNanos;
        return Side.Sign() * (double)twiceMore / ((double)FilledNanos * Math.Abs((double)mid.TwiceNanos)) * BasisPoints;
    }
}
