using System.Numerics;
using Fathom.Analytics.Quotes;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Analytics.Fills;

/// <summary>A fill, the mid that was in force when it was booked, and the mids in force at each horizon after it. A mark-out is side × (mid then − fill price):
/// above zero, the market went our way.</summary>
public sealed class MarkedFill
{
    private const double BasisPoints = 1e4;

    private readonly FillEvent _fill;
    private readonly long _multiplierNanos;
    private readonly InstrumentKind _kind;
    private readonly Mid[] _later;

    /// <param name="mid">In force at the fill; None when nothing was quoted yet.</param>
    /// <param name="multiplierNanos">The instrument's, at the fill.</param>
    /// <param name="horizons">How many.</param>
    internal MarkedFill(in FillEvent fill, Mid mid, long multiplierNanos, InstrumentKind kind, int horizons)
    {
        _fill = fill;
        _multiplierNanos = multiplierNanos;
        _kind = kind;
        MidAtFill = mid;
        _later = new Mid[horizons];
        Array.Fill(_later, Mid.None);
    }

    public ref readonly FillEvent Fill => ref _fill;

    /// <summary>None when nothing was quoted before the fill.</summary>
    public Mid MidAtFill { get; }

    /// <summary>The engine's clock at the fill.</summary>
    public Timestamp Time => _fill.Header.ReceiveTime;

    /// <summary>The last mid at or before the fill's time plus the horizon; None when the run ended before, or nothing was quoted until then.</summary>
    /// <param name="horizon">Its place in the list of horizons.</param>
    public Mid MidAfter(int horizon) => _later[horizon];

    /// <summary>In points of price, half to even to 1e-9; <see cref="Price.None"/> when there is no mid.</summary>
    public Price Markout(int horizon)
    {
        Mid mid = _later[horizon];
        return mid.IsNone ? Price.None : Mid.ToPrice(_fill.Side.Sign() * mid.TwiceAbove(_fill.Price));
    }

    /// <summary>In basis points of the fill's price without its sign; NaN when there is no mid or the price is zero.</summary>
    public double MarkoutBps(int horizon)
    {
        Mid mid = _later[horizon];
        if (mid.IsNone || _fill.Price.Nanos == 0) return double.NaN;
        return _fill.Side.Sign() * (double)mid.TwiceAbove(_fill.Price) * (BasisPoints / 2) / Math.Abs((double)_fill.Price.Nanos);
    }

    /// <summary>For the whole fill, multiplier applied, in the fill's currency, half to even to 1e-9; NaN when there is no mid.</summary>
    public double MarkoutMoney(int horizon) => _later[horizon].IsNone ? double.NaN : (double)FillMoney.ToMoney(Earned(_later[horizon]));

    /// <summary>What was earned against the mid at the fill, in the units of <see cref="FillMoney"/>. Without a mid the price of the fill stands for it, so it is zero.</summary>
    internal BigInteger Spread => MidAtFill.IsNone ? BigInteger.Zero : Earned(MidAtFill);

    internal void Note(int horizon, Mid mid) => _later[horizon] = mid;

    private BigInteger Earned(Mid mid) => FillMoney.Earned(_kind, _multiplierNanos, _fill.Side, _fill.Price, _fill.Quantity, mid);
}
