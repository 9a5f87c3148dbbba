using System.Runtime.CompilerServices;
using Fathom.Domain.Values;
using Fathom.Market.Books;

namespace Fathom.Engine.Features;

/// <summary>The features of all instruments that somebody asked for; others cost nothing but their trades. They follow from the market and the moment of asking alone, whoever
/// asks and whoever asked before: so several engines on one market may share them.</summary>
internal sealed class FeatureSet(BookSet books, Duration tradeWindow)
{
    private InstrumentFeatures?[] _byInstrument = [];
    private TradeWindow?[] _trades = [];
    private EventBest[] _best = [];

    /// <summary>Of the engine that asks.</summary>
    public Timestamp Clock { get; set; } = Timestamp.Earliest;

    /// <summary>Receive time of the market's newest message, never going back: no engine's clock is behind it.</summary>
    public Timestamp MarketClock { get; set; } = Timestamp.Earliest;

    public InstrumentFeatures this[InstrumentId instrument]
    {
        get
        {
            if (instrument.Index >= _byInstrument.Length) Array.Resize(ref _byInstrument, Math.Max(instrument.Index + 1, _byInstrument.Length * 2));
            return _byInstrument[instrument.Index] ??= new InstrumentFeatures(this, books[instrument], TradesOf(instrument));
        }
    }

    /// <summary>A complete event of the instrument was applied.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void NoteEvent(InstrumentId instrument)
    {
        if ((uint)instrument.Index < (uint)_byInstrument.Length) _byInstrument[instrument.Index]?.NoteEvent();
    }

    /// <summary>Of the instrument's newest event; whoever completes an event writes it before <see cref="NoteEvent"/>. Valid until the next instrument is asked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref EventBest BestOf(InstrumentId instrument)
    {
        if (instrument.Index >= _best.Length) Array.Resize(ref _best, Math.Max(instrument.Index + 1, _best.Length * 2));
        return ref _best[instrument.Index];
    }

    /// <param name="time">The market's.</param>
    public void NoteTrade(InstrumentId instrument, Side aggressor, Quantity quantity, Timestamp time) => TradesOf(instrument).Add(aggressor, quantity, time);

    internal double TradeImbalance(TradeWindow trades)
    {
        trades.Expire(MarketClock);
        return trades.Imbalance(Clock);
    }

    private TradeWindow TradesOf(InstrumentId instrument)
    {
        if (instrument.Index >= _trades.Length) Array.Resize(ref _trades, Math.Max(instrument.Index + 1, _trades.Length * 2));
        return _trades[instrument.Index] ??= new TradeWindow(tradeWindow);
    }
}
