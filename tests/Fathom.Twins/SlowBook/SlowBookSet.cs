using System.Runtime.InteropServices;
using Fathom.Domain.Messages;

namespace Fathom.Twins.SlowBook;

/// <summary>All books of a run, one <see cref="SlowBook"/> each.</summary>
public sealed class SlowBookSet
{
    public Dictionary<int, SlowBook> Books { get; } = [];

    public void Apply(in MarketByOrder message) => BookOf(message.Header.Instrument.Index).Apply(in message);

    public void Apply(in TradingStateChanged change) => BookOf(change.Header.Instrument.Index).State = change.State;

    public SlowBook BookOf(int instrument)
    {
        ref SlowBook? book = ref CollectionsMarshal.GetValueRefOrAddDefault(Books, instrument, out _);
        return book ??= new SlowBook();
    }

    /// <summary>Many whole messages back to back; types other than market-by-order and trading states are skipped.</summary>
    public void ApplyBatch(ReadOnlySpan<byte> messages)
    {
        while (!messages.IsEmpty)
        {
            ref readonly MessageHeader header = ref Messages.Header(messages);
            if (header.Type == MessageType.MarketByOrder) Apply(in Messages.As<MarketByOrder>(messages));
            else if (header.Type == MessageType.TradingStateChanged) Apply(in Messages.As<TradingStateChanged>(messages));
            messages = messages[header.Length..];
        }
    }
}
