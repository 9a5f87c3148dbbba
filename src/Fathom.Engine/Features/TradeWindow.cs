using Fathom.Domain.Values;

namespace Fathom.Engine.Features;

/// <summary>Bought and sold quantity of the trades of the last so many seconds, (now − window, now]: exact integer sums over a ring.</summary>
internal sealed class TradeWindow(Duration window)
{
    /// <summary>More trades than this within the window push the oldest out.</summary>
    public const int TradesMax = 1 << 16;

    private (Timestamp Time, long Signed)[] _trades = new (Timestamp, long)[16];
    private int _first;
    private int _count;
    private Int128 _bought, _sold;

    /// <param name="time">Not before the time of an earlier trade.</param>
    public void Add(Side aggressor, Quantity quantity, Timestamp time)
    {
        if (aggressor == Side.None || !quantity.IsPositive || quantity.IsNone) return;
        Expire(time);
        if (_count == TradesMax) DropFirst();
        if (_count == _trades.Length) Grow();
        long signed = aggressor.Sign() * quantity.Nanos;
        _trades[(_first + _count++) & (_trades.Length - 1)] = (time, signed);
        if (signed > 0) _bought += signed;
        else _sold -= signed;
    }

    /// <summary>Nobody is going to ask for a moment before this one: what is too old by then goes.</summary>
    public void Expire(Timestamp time)
    {
        while (_count > 0 && _trades[_first].Time + window <= time) DropFirst();
    }

    /// <summary>(bought − sold) / (bought + sold), −1 to 1; NaN without a trade. Nothing is forgotten by it: others may ask for an earlier moment.</summary>
    public double Imbalance(Timestamp now)
    {
        Int128 bought = _bought, sold = _sold;
        int expired = 0;
        for (; expired < _count; expired++)
        {
            (Timestamp time, long signed) = _trades[(_first + expired) & (_trades.Length - 1)];
            if (time + window > now) break;
            if (signed > 0) bought -= signed;
            else sold += signed;
        }
        return expired == _count ? double.NaN : (double)(bought - sold) / (double)(bought + sold);
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
