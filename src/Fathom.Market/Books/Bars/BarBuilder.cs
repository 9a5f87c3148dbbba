using System.Runtime.CompilerServices;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Market.Books.Bars;

/// <summary>Adds up the bar of one instrument and spec that is not complete yet.</summary>
internal sealed class BarBuilder(BarTrack track, InstrumentId instrument)
{
    private static readonly Int128 s_never = Int128.MaxValue;

    private readonly BarKind _kind = track.Spec.Kind;
    private long _count;
    private long _open, _high, _low, _close;
    private Int128 _volume;
    private Int128 _priceVolume;
    private Int128 _below;      // of _priceVolume, what negative prices gave: above zero
    private Int128 _volumeMax = s_never, _notionalMax = s_never;      // of this bar, before the multiplier
    private long _multiplier;
    private bool _isInverse;
    private Timestamp _openTime, _firstTime, _lastTime;

    public BarTrack Track { get; } = track;

    public BarSeries Series { get; } = new(instrument, track.Spec);

    public bool IsBegun => _count > 0;

    /// <summary>Begins a bar.</summary>
    /// <param name="openTime">Of its interval, else of its first trade or update.</param>
    /// <param name="definition">The instrument as it is now.</param>
    public void Begin(Timestamp openTime, Timestamp time, Price price, in InstrumentDefinition definition)
    {
        (_openTime, _firstTime) = (openTime, time);
        _open = _high = _low = price.Nanos;
        _volume = _priceVolume = _below = 0;
        _multiplier = Math.Max(definition.MultiplierNanos, 0);
        _isInverse = definition.Kind == InstrumentKind.Inverse;
        if (_kind == BarKind.Volume) _volumeMax = Track.Spec.Size;
        if (_kind == BarKind.Notional) LimitNotional();
    }

    /// <summary>Adds a trade, or an update with quantity zero, to the bar that was begun.</summary>
    /// <param name="product">Price × quantity.</param>
    /// <returns>True when that completes it; never for bars of time.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Add(Timestamp time, long price, long quantity, Int128 product)
    {
        if (price > _high) _high = price;
        if (price < _low) _low = price;
        _close = price;
        _volume += quantity;
        _priceVolume += product;
        if (price < 0) _below -= product;
        _lastTime = time;
        _count++;
        return _kind != BarKind.Time && IsComplete();
    }

    /// <summary>Hands the bar over to the series.</summary>
    public void Close(Timestamp closeTime)
    {
        Bar bar = new()
        {
            Instrument = Series.Instrument,
            Spec = Series.Spec,
            OpenTime = _openTime,
            CloseTime = closeTime,
            FirstTime = _firstTime,
            LastTime = _lastTime,
            Open = new Price(_open),
            High = new Price(_high),
            Low = new Price(_low),
            Close = new Price(_close),
            Volume = new Volume(_volume),
            Notional = Notional(),
            PriceVolume = _priceVolume,
            Count = _count,
        };
        Series.Add(in bar);
        _count = 0;
    }

    private bool IsComplete() => _kind == BarKind.Ticks ? _count >= Track.Spec.Size : _volume >= _volumeMax || _priceVolume + _below + _below >= _notionalMax;

    /// <summary>How much price × quantity (for an inverse instrument how much quantity) first makes the notional, rounded up: then comparing whole numbers is exact.</summary>
    private void LimitNotional()
    {
        (_volumeMax, _notionalMax) = (s_never, s_never);
        if (_multiplier == 0) return;      // terms that make no money: it never closes
        Int128 scale = _isInverse ? Price.Scale : (Int128)Price.Scale * Quantity.Scale;
        Int128 wanted = (Int128)Track.Spec.Size * (Price.Scale / BarSpec.MoneyScale) * scale;      // in the unit of size × multiplier
        Int128 limit = (wanted + (_multiplier - 1)) / _multiplier;
        if (_isInverse) _volumeMax = limit;
        else _notionalMax = limit;
    }

    /// <summary>In units of 1e-18.</summary>
    private Int128 Notional()
    {
        if (_isInverse) return _volume * _multiplier;
        (Int128 whole, Int128 rest) = Int128.DivRem(_priceVolume + _below + _below, Price.Scale);
        return whole * _multiplier + rest * _multiplier / Price.Scale;
    }
}
