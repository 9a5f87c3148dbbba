using System.Runtime.CompilerServices;
using Fathom.Domain.Values;
using Fathom.Market.Books;

namespace Fathom.Engine.Features;

/// <summary>The features of all instruments that somebody asked for; whoever asks first starts their trade window. Others cost nothing.</summary>
internal sealed class FeatureSet(BookSet books, Duration tradeWindow)
{
    private InstrumentFeatures?[] _byInstrument = [];

    /// <summary>The engine's.</summary>
    public Timestamp Clock { get; set; } = Timestamp.Earliest;

    public InstrumentFeatures this[InstrumentId instrument]
    {
        get
        {
            if (instrument.Index >= _byInstrument.Length) Array.Resize(ref _byInstrument, Math.Max(instrument.Index + 1, _byInstrument.Length * 2));
            return _byInstrument[instrument.Index] ??= new InstrumentFeatures(this, books[instrument], tradeWindow);
        }
    }

    /// <summary>A complete event of the instrument was applied.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void NoteEvent(InstrumentId instrument)
    {
        if ((uint)instrument.Index < (uint)_byInstrument.Length) _byInstrument[instrument.Index]?.NoteEvent();
    }

    public void NoteTrade(InstrumentId instrument, Side aggressor, Quantity quantity, Timestamp time)
    {
        if ((uint)instrument.Index < (uint)_byInstrument.Length) _byInstrument[instrument.Index]?.NoteTrade(aggressor, quantity, time);
    }
}
