using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Market.Universe;

namespace Fathom.Market.Books;

/// <summary>The market without anyone in it: instruments, trading states and order books, fed by messages.</summary>
public sealed class MarketState : IDisposable
{
    public MarketState() : this(new BookSet()) { }

    internal MarketState(BookSet books) => Books = books;

    public Instruments Instruments { get; } = new();

    public BookSet Books { get; }

    /// <summary>Takes the one whole message at the start of <paramref name="message"/>. Types that do not concern the market are ignored.</summary>
    public void Apply(ReadOnlySpan<byte> message)
    {
        switch (Messages.Header(message).Type)
        {
            case MessageType.MarketByOrder:
                Books.Apply(in Messages.As<MarketByOrder>(message));
                break;
            case MessageType.InstrumentDefined or MessageType.InstrumentChanged:
                ref readonly InstrumentDefinition definition = ref Messages.As<InstrumentDefinition>(message);
                Instruments.Apply(in definition);
                Books.Apply(in definition);
                break;
            case MessageType.TradingStateChanged:
                ref readonly TradingStateChanged change = ref Messages.As<TradingStateChanged>(message);
                Instruments.Apply(in change);
                Books.Apply(in change);
                break;
        }
    }

    /// <summary>Takes many whole messages, back to back.</summary>
    public void ApplyBatch(ReadOnlySpan<byte> messages)
    {
        while (!messages.IsEmpty)
        {
            messages = messages[Books.ApplyRun(messages)..];
            if (messages.IsEmpty) return;
            int length = Messages.Header(messages).Length;
            Invariant.Require(length >= HeaderLength && length <= messages.Length, "a batch holds whole messages");
            Apply(messages);
            messages = messages[length..];
        }
    }

    public void Dispose() => Books.Dispose();

    private const int HeaderLength = 24;
}
