using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Books;
using Fathom.Simulation.Costs;
using Fathom.Simulation.Generator;
using Fathom.Simulation.Venue;

namespace Fathom.Tests.Simulation.Venue;

/// <summary>What the venue adds to its book allocates nothing once it is warm: measured as the difference to a bare book on the same messages.</summary>
public class SimulatedVenueAllocationTests
{
    private const int EventsPerRound = 12_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Warm_venue_allocates_no_more_than_its_book(bool hasOrders)
    {
        byte[][] rounds = Rounds(count: 6);
        using MarketState bare = new();
        using SimulatedVenue venue = new(LatencyModel.Zero, new FeeSchedule(0.3m, 0.5m, 1m));
        Actor actor = new(venue, hasOrders);
        long[] own = new long[rounds.Length];
        for (int i = 0; i < rounds.Length; i++)
        {
            byte[] round = rounds[i];
            long bareBytes = Allocated(() => TakeBare(bare, round));
            own[i] = Allocated(() => actor.Take(round)) - bareBytes;
        }

        // A collection that another test causes in between adds up to 8 KB to the runtime's count, so the best of the warm rounds speaks.
        Assert.Equal(hasOrders, actor.MakerFills > 0 && actor.TakerFills > 0 && actor.Replacements > 0 && actor.Triggers > 0 && actor.Expiries > 0 && actor.ListEnds > 0);
        Assert.True(own[2..].Min() <= 256, $"bytes beyond the book's, by round: {string.Join(", ", own)}; {actor.MakerFills} + {actor.TakerFills} fills");
    }

    private static void TakeBare(MarketState market, byte[] round)
    {
        for (int at = 0; at < round.Length; at += Messages.Header(round.AsSpan(at)).Length) market.Apply(round.AsSpan(at, Messages.Header(round.AsSpan(at)).Length));
    }

    private static long Allocated(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static byte[][] Rounds(int count)
    {
        using MarketGenerator generator = new(new GeneratorOptions { Preset = "demo", Events = count * EventsPerRound, Seed = 3 });
        List<byte> all = [];
        byte[] buffer = new byte[1 << 16];
        for (int length; (length = generator.Read(buffer)) > 0;) all.AddRange(buffer.AsSpan(0, length));
        byte[] bytes = [.. all];
        List<int> ends = [];
        for (int at = 0; at < bytes.Length; ends.Add(at)) at += Messages.Header(bytes.AsSpan(at)).Length;
        return [.. Enumerable.Range(0, count).Select(i => bytes[(i == 0 ? 0 : ends[ends.Count * i / count - 1])..ends[ends.Count * (i + 1) / count - 1]])];
    }

    /// <summary>Feeds the venue; with orders, keeps one at the last trade's price, moves and cancels it now and then, and takes.</summary>
    private sealed class Actor(SimulatedVenue venue, bool hasOrders)
    {
        private const int LiveMax = 30;      // so that orders are had again and not made

        private long _approval;
        private ulong _sequence;
        private int _messages;
        private Price _last = Price.None;

        public long MakerFills { get; private set; }
        public long TakerFills { get; private set; }
        public long Replacements { get; private set; }
        public long Triggers { get; private set; }
        public long Expiries { get; private set; }
        public long ListEnds { get; private set; }

        public void Take(byte[] round)
        {
            for (int at = 0; at < round.Length;)
            {
                ref readonly MessageHeader header = ref Messages.Header(round.AsSpan(at));
                venue.Take(round.AsSpan(at, header.Length));
                if (header.Type == MessageType.MarketByOrder) Act(in Messages.As<MarketByOrder>(round.AsSpan(at)));
                at += header.Length;
                while (venue.PendingReports > 0) Drop();
            }
        }

        private void Act(in MarketByOrder record)
        {
            if (record.Action == BookAction.Trade) _last = record.Price;
            if (!hasOrders || _last.IsNone || ++_messages % 16 != 0) return;
            Side side = record.Side == Side.None ? Side.Buy : record.Side;
            ClientOrderId resting = ClientOrderId.Create(1, 0, _sequence);
            Send(NewCommand(CommandKind.Replace, resting, side, record.Header) with { Quantity = Quantity.Units(3) });
            Send(NewCommand(CommandKind.Cancel, resting, side, record.Header));
            Send(NewCommand(CommandKind.Submit, ClientOrderId.Create(1, 0, ++_sequence), side, record.Header) with { TimeInForce = TimeInForce.ImmediateOrCancel });
            Send(NewCommand(CommandKind.Submit, ClientOrderId.Create(1, 0, ++_sequence), side, record.Header) with { Type = OrderType.Market, Price = Price.None });
            Send(NewCommand(CommandKind.Submit, ClientOrderId.Create(1, 0, ++_sequence), side, record.Header));
            if (venue.LiveOrders < LiveMax) SendConditional(side, record.Header);
            while (venue.NextDue <= venue.Clock) venue.ApplyNext();
        }

        /// <summary>An entry with a target and a trailing stop, and a stop that may only reduce, all of them soon over.</summary>
        private void SendConditional(Side side, in MessageHeader at)
        {
            ulong list = ++_sequence;
            Timestamp end = venue.Clock + new Duration(2_000_000);
            OrderCommand One(Side of, in MessageHeader header, Contingency contingency) => NewCommand(CommandKind.Submit, ClientOrderId.Create(1, 0, ++_sequence), of, header) with
            {
                TimeInForce = TimeInForce.GoodTillDate,
                ExpireTime = end,
                ListId = contingency == Contingency.None ? 0 : list,
                Contingency = contingency,
            };
            Price tick = Price.From(0.25m);
            Send(One(side, at, Contingency.OneTriggersOther));
            Send(One(side.Opposite(), at, Contingency.OneUpdatesOther));
            Send(One(side.Opposite(), at, Contingency.OneUpdatesOther) with { Type = OrderType.Trailing, Price = Price.None, TrailOffset = tick });
            Send(One(side.Opposite(), at, Contingency.None) with { Type = OrderType.Stop, Price = Price.None, TriggerPrice = _last, Flags = OrderFlags.ReduceOnly });
        }

        private OrderCommand NewCommand(CommandKind kind, ClientOrderId id, Side side, in MessageHeader at) => new()
        {
            Header = MessageHeader.Create<OrderCommand>(MessageType.OrderCommand, 0, at.Instrument, venue.Clock, venue.Clock),
            ClientOrderId = id,
            Kind = kind,
            Side = side,
            Type = OrderType.Limit,
            TimeInForce = TimeInForce.Day,
            Price = _last,
            Quantity = Quantity.Units(2),
        };

        private void Send(OrderCommand command)
        {
            command.Approval = ++_approval;
            venue.Send(in command);
        }

        private void Drop()
        {
            ref readonly OrderReport report = ref Messages.As<OrderReport>(venue.FirstReport);
            if (report.Liquidity == Liquidity.Maker) MakerFills++;
            if (report.Liquidity == Liquidity.Taker) TakerFills++;
            if (report.Kind == ReportKind.Replaced) Replacements++;
            if (report.Kind == ReportKind.Triggered) Triggers++;
            if (report.Kind == ReportKind.Expired) Expiries++;
            if (report.Reason == ReasonCode.ListDone) ListEnds++;
            venue.DropReport();
        }
    }
}
