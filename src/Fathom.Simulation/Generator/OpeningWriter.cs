using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Simulation.Generator;

/// <summary>What a feed says before and around the opening: definitions, trading states and snapshots.</summary>
internal sealed class OpeningWriter(EventWriter writer, FeedClock feed, OrderFlow flow, OrderPool pool)
{
    /// <summary>DBN's codes of a status record.</summary>
    private const ushort ActionPreOpen = 1, ActionCross = 4, ActionTrading = 7, ReasonScheduled = 1;

    /// <summary>The resting orders came over the hours before, ten milliseconds for each id that the venue gave out.</summary>
    private const long NanosPerId = 10_000_000;

    private const BookFlags SnapshotFlags = BookFlags.Snapshot | BookFlags.BadReceiveTime;

    private static readonly CurrencyCode Dollar = CurrencyCode.TryParse("USD", out CurrencyCode dollar) ? dollar : CurrencyCode.None;

    public void WriteDefinition(InstrumentMarket market, long time) => writer.Add(new InstrumentDefinition
    {
        Header = Header<InstrumentDefinition>(MessageType.InstrumentDefined, market, time),
        VenueInstrument = InstrumentNames.VenueInstrument(market.Index),
        Activation = InstrumentNames.Activation,
        Expiration = InstrumentNames.Expiration(market.Index),
        Tick = new Price(market.TickNanos),
        Lot = Quantity.Units(1),
        MultiplierNanos = market.MultiplierNanos,
        Currency = Dollar,
        Kind = InstrumentKind.Linear,
        Symbol = SymbolText.From(InstrumentNames.Symbol(market.Index)),
    });

    /// <param name="state">Pre-open, auction or continuous.</param>
    public void WriteState(InstrumentMarket market, TradingState state, long time) => writer.Add(new TradingStateChanged
    {
        Header = Header<TradingStateChanged>(MessageType.TradingStateChanged, market, time),
        State = state,
        Action = state switch { TradingState.PreOpen => ActionPreOpen, TradingState.Auction => ActionCross, _ => ActionTrading },
        Reason = ReasonScheduled,
    });

    /// <summary>A clear, then the resting orders of both sides from the best price outwards, each queue in its priority.</summary>
    public void WriteSnapshot(InstrumentMarket market, long time)
    {
        writer.Begin(market.Index, market.TickNanos, time, feed, market.Channel);
        writer.Add(BookAction.Clear, Side.None, 0, Price.None.Nanos, 0, SnapshotFlags);
        WriteSide(market, Side.Buy, time);
        WriteSide(market, Side.Sell, time);
        writer.End();
    }

    private void WriteSide(InstrumentMarket market, Side side, long time)
    {
        LadderSide ladder = market.Ladder(side);
        for (int i = 0; i < ladder.LevelCount; i++)
        {
            long priceNanos = OrderFlow.Tick(side, ladder.Level(i).Key) * market.TickNanos;
            for (int slot = ladder.Level(i).Head; slot >= 0; slot = pool[slot].Next)
            {
                writer.StampEventTime(time - (long)(flow.LastId + 1 - pool[slot].Id) * NanosPerId);
                writer.Add(BookAction.Add, side, pool[slot].Id, priceNanos, pool[slot].Quantity, SnapshotFlags);
            }
        }
    }

    private MessageHeader Header<T>(MessageType type, InstrumentMarket market, long time) where T : unmanaged =>
        MessageHeader.Create<T>(type, MarketGenerator.Publisher, new InstrumentId(market.Index), new Timestamp(time), new Timestamp(feed.ReceiveTime));
}
