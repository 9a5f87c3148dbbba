using Fathom.Domain.Values;

namespace Fathom.Engine.Features;

/// <summary>Bought and sold quantity of the trades of the last so many seconds, (now − window, now]: exact integer sums over a ring.</summary>
internal sealed class TradeWindow(Duration window)
{
    /// <summary>More trades than this within the window push the oldest out.</summary>
    public const int TradesMax = 1 << 16;

    private (Timestamp Time, long Signed)[] _trades = new (Timestamp, long)[256];
    private int _first;
    private int _count;
    private Int128 _bought, _sold;

    /// <param name="time">Not before the time of an earlier trade.</param>
    public void Add(Side aggressor, Quantity quantity, Timestamp time)
    {
        if (aggressor == Side.None || !quantity.IsPositive || quantity.IsNone) return;
        Evict(time);
        if (_count == TradesMax) DropFirst();
        if (_count == _trades.Length) Grow();
        long signed = aggressor.Sign() * quantity.Nanos;
        _trades[(_first + _count++) & (_trades.Length - 1)] = (time, signed);
        if (signed > 0) _bought += signed;
        else _sold -= signed;
    }

    /// <summary>(bought − sold) / (bought + sold), −1 to 1; NaN without a trade.</summary>
    public double Imbalance(Timestamp now)
    {
        Evict(now);
        return _count == 0 ? double.NaN : (double)(_bought - _sold) / (double)(_bought + _sold);
    }

    private void Evict(Timestamp now)
    {
        while (_count > 0 && _trades[_first].Time + window <= now) DropFirst();
    }

    private void DropFirst()
    {
        long signed = _trades[_first].Signed;
        if (signed > 0) _bought -= signed;
        else _sold += signed;
        _first = (_first + 1) & (_trades.Length - 1);
        _count--;
    }

    private void Grow()
    {
        (Timestamp, long)[] trades = new (Timestamp, long)[_trades.Length * 2];
        for (int i = 0; i < _count; i++) trades[i] = _trades[(_first + i) & (_trades.Length - 1)];
        _trades = trades;
        _first = 0;
    }
}
