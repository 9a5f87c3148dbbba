using System.Numerics;
using Fathom.Analytics.Fills;
using Fathom.Analytics.Series;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Analytics.Profit;

/// <summary>What is added up for one strategy in one instrument.</summary>
internal sealed class PositionRecord(int pointsMax)
{
    private readonly long[] _heldNanos = new long[3];      // by position side: at most venues there is only net
    private BigInteger _spread;

    public long FillCount { get; private set; }

    public Volume Traded { get; private set; }

    /// <summary>Signed quantity after each fill.</summary>
    public ThinnedSeries Inventory { get; } = new(pointsMax);

    /// <summary>What the fills earned against the mids at their time.</summary>
    public decimal Spread => FillMoney.ToMoney(_spread);

    public void Note(MarkedFill fill)
    {
        FillCount++;
        Traded += fill.Fill.Quantity;
        _spread += fill.Spread;
    }

    public void Note(in PositionEvent position)
    {
        _heldNanos[(int)position.Side] = position.Quantity.Nanos;
        double held = 0;
        foreach (long nanos in _heldNanos) held += nanos;
        Inventory.Add(position.Header.ReceiveTime, held / Quantity.Scale);
    }
}
