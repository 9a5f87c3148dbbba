using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Universe;

namespace Fathom.Market.Books;

/// <summary>The order books of all instruments of a run.</summary>
public sealed class BookSet : IDisposable
{
    private OrderBook?[] _books = [];

    /// <summary>One more than the largest instrument id seen.</summary>
    public int InstrumentCount { get; private set; }

    /// <summary>Resting orders of all instruments.</summary>
    public int OrderCount
    {
        get
        {
            int count = 0;
            for (int index = 0; index < InstrumentCount; index++) count += _books[index]?.OrderCount ?? 0;
            return count;
        }
    }

    /// <summary>The instrument's book; one object per instrument for the whole run, empty before the first message.</summary>
    public OrderBook this[InstrumentId instrument]
    {
        get
        {
            int index = instrument.Index;
            Invariant.Require((uint)index < Instruments.CountMax, "a dense instrument id is neither negative nor beyond the registry");
            if (index >= _books.Length) Array.Resize(ref _books, Math.Max(Math.Max(4, index + 1), Math.Min(2 * _books.Length, Instruments.CountMax)));
            InstrumentCount = Math.Max(InstrumentCount, index + 1);
            return _books[index] ??= new OrderBook(instrument);
        }
    }

    public bool TryFind(InstrumentId instrument, ulong orderId, out RestingOrder order) => this[instrument].TryFind(orderId, out order);

    public AnomalyCounts Anomalies(InstrumentId instrument) => this[instrument].Anomalies;

    public void Apply(in MarketByOrder message) => this[message.Header.Instrument].Plain.Apply(in message);

    /// <summary>Takes the price step from the definition.</summary>
    public void Apply(in InstrumentDefinition definition) => _ = this[definition.Header.Instrument];

    /// <summary>From here on crossed and locked books are counted, or not.</summary>
    public void Apply(in TradingStateChanged change) => this[change.Header.Instrument].Plain.State = change.State;

    /// <summary>Takes market-by-order messages from the start of <paramref name="messages"/> up to the first message of another type.</summary>
    /// <returns>Bytes taken.</returns>
    public int ApplyRun(ReadOnlySpan<byte> messages)
    {
        int at = 0;
        while (at < messages.Length && Messages.Header(messages[at..]).Type == MessageType.MarketByOrder)
        {
            Apply(in Messages.As<MarketByOrder>(messages[at..]));
            at += Messages.Words<MarketByOrder>() * 8;
        }
        return at;
    }

    public void Dispose() { }
}
