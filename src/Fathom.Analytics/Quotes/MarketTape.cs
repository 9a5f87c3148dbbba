using System.Runtime.CompilerServices;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Analytics.Quotes;

/// <summary>The instruments' tapes by dense id: a quote finds its own with one look into an array.</summary>
internal sealed class MarketTape(int pointsMax, int fillsMax)
{
    private InstrumentTape?[] _tapes = [];

    /// <summary>Ids are below this.</summary>
    public int InstrumentCount => _tapes.Length;

    public void Note(in QuoteEvent quote) => Open(quote.Header.Instrument).Note(quote);

    public void Note(in FillEvent fill) => Open(fill.Header.Instrument).Note(fill);

    /// <summary>The mid in force; None where nothing was quoted yet.</summary>
    public Mid Mid(InstrumentId instrument) => Find(instrument)?.Mid ?? Quotes.Mid.None;

    /// <summary>Null where nothing was quoted or filled.</summary>
    public InstrumentTape? Find(InstrumentId instrument) => (uint)instrument.Index < (uint)_tapes.Length ? _tapes[instrument.Index] : null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private InstrumentTape Open(InstrumentId instrument) => Find(instrument) ?? Make(instrument.Index);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private InstrumentTape Make(int index)
    {
        if (index >= _tapes.Length) Array.Resize(ref _tapes, Math.Max(index + 1, _tapes.Length * 2));
        return _tapes[index] = new InstrumentTape(pointsMax, fillsMax);
    }
}
