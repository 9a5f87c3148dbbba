using Fathom.Domain.Values;

namespace Fathom.Engine.Features.Flow;

/// <summary>
/// The volume of the session at each price. Outputs: 0 the point of control, the price with the most volume (of equals the lowest); 1 and 2 the lowest and the highest price of the value area. The
/// area grows from the point of control by the next traded price below or above, whichever has more volume (of equals the one above), until it holds at least a share of the volume. A price counts at
/// the nearest multiple of the bin (in the middle: the one above).
/// </summary>
/// <remarks>A trade adds to its bin alone; the outputs are made anew in <see cref="AsOf"/>, so by hand it has to be called before they are read. There are at most 65,536 bins from the lowest to the
/// highest: a trade farther off is left out. Prices and quantities are counted in whole 1e-9.</remarks>
public sealed class VolumeProfile : TradeFeature
{
    /// <summary>From the lowest bin to the highest.</summary>
    public const int BinsMax = 1 << 16;

    private const double Nano = 1e9, NanosMax = 9.2e18;

    private readonly long _bin;         // in 1e-9
    private readonly double _share;
    private Int128[] _volumes = new Int128[64];      // of the bins from _base on
    private long _base;
    private int _low, _high = -1;      // bins that were traded at lie between, in _volumes
    private int _control;
    private Int128 _total;
    private bool _isOld;

    /// <param name="bin">In price units, at least 1e-9; often the tick.</param>
    /// <param name="share">Of the volume that the value area holds, above 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Something is out of its range.</exception>
    public VolumeProfile(double bin, double share = 0.7)
        : base(3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bin, 1 / Nano);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bin, 1e9);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        (_bin, _share) = (Nanos(bin), share);
    }

    /// <summary>Only for the sake of the outputs, which are made when somebody reads them.</summary>
    public override bool FollowsTime => true;

    /// <inheritdoc/>
    public override bool FollowsSessions => true;

    /// <inheritdoc/>
    public override void OpenSession()
    {
        Clear();
        for (int i = 0; i < OutputCount; i++) Set(i, double.NaN);
    }

    /// <inheritdoc/>
    public override void AsOf(Timestamp now)
    {
        if (!_isOld) return;
        _isOld = false;
        (int low, int high) = ValueArea();
        Set(0, PriceOf(_control));
        Set(1, PriceOf(low));
        Set(2, PriceOf(high));
    }

    /// <inheritdoc/>
    protected override void Take(in TradeSample trade)
    {
        if (!TryFindBin(trade.Price, out int at)) return;
        Int128 volume = _volumes[at] += Nanos(trade.Quantity);
        _total += Nanos(trade.Quantity);
        if (volume > _volumes[_control] || (volume == _volumes[_control] && at < _control)) _control = at;
        _isOld = true;
    }

    /// <inheritdoc/>
    protected override void Clear()
    {
        if (_high >= _low) Array.Clear(_volumes, _low, _high - _low + 1);
        (_low, _high, _control, _total, _isOld) = (0, -1, 0, 0, false);
    }

    private (int Low, int High) ValueArea()
    {
        (int low, int high) = (_control, _control);
        Int128 held = _volumes[_control];
        double wanted = _share * (double)_total;
        int below = NextBelow(low), above = NextAbove(high);
        while ((double)held < wanted && (below >= _low || above <= _high))
        {
            if (below < _low || (above <= _high && _volumes[above] >= _volumes[below]))
            {
                held += _volumes[high = above];
                above = NextAbove(high);
            }
            else
            {
                held += _volumes[low = below];
                below = NextBelow(low);
            }
        }
        return (low, high);
    }

    /// <returns>Below _low where there is none.</returns>
    private int NextBelow(int at)
    {
        do at--;
        while (at >= _low && _volumes[at] == 0);
        return at;
    }

    /// <returns>Above _high where there is none.</returns>
    private int NextAbove(int at)
    {
        do at++;
        while (at <= _high && _volumes[at] == 0);
        return at;
    }

    private bool TryFindBin(double price, out int at)
    {
        (Int128 quotient, Int128 rest) = Int128.DivRem((Int128)Nanos(price) + _bin / 2, _bin);
        long bin = (long)(rest < 0 ? quotient - 1 : quotient);
        if (_high < _low)
        {
            at = _low = _high = _control = _volumes.Length / 2;
            _base = bin - at;
            return true;
        }
        long low = Math.Min(_base + _low, bin), high = Math.Max(_base + _high, bin);
        at = 0;
        if ((ulong)(high - low) >= BinsMax) return false;
        if (low < _base || high >= _base + _volumes.Length) MakeRoom(low, high);
        (_low, _high, at) = ((int)(low - _base), (int)(high - _base), (int)(bin - _base));
        return true;
    }

    /// <summary>The bins move to the middle of twice the room that they need.</summary>
    private void MakeRoom(long low, long high)
    {
        int needed = (int)(high - low + 1), length = _volumes.Length;
        while (length < needed * 2) length *= 2;
        long first = low - (length - needed) / 2;
        Int128[] volumes = new Int128[length];
        int moved = (int)(_base - first);
        Array.Copy(_volumes, _low, volumes, _low + moved, _high - _low + 1);
        (_volumes, _base, _control) = (volumes, first, _control + moved);
    }

    private double PriceOf(int at) => (_base + at) * _bin / Nano;

    private static long Nanos(double value) => (long)Math.Clamp(Math.Floor(value * Nano + 0.5), -NanosMax, NanosMax);
}
