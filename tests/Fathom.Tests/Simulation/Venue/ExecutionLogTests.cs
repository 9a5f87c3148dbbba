using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;
using Fathom.Market.Books;
using Fathom.Simulation.Venue;

namespace Fathom.Tests.Simulation.Venue;

public sealed class ExecutionLogTests : IDisposable
{
    private const int Many = ExecutionLog.CountMax + 1_000;

    private readonly MarketState _market = new();
    private readonly OrderNames _names = new();
    private readonly ExecutionLog _log;
    private readonly ReportWriter _reports;
    private ulong _executions;

    public ExecutionLogTests()
    {
        foreach (byte[] message in new Tape().Define().Define(1, kind: InstrumentKind.Inverse).Messages) _market.Apply(message);
        _log = new ExecutionLog(_market.Instruments, _names);
        _reports = new ReportWriter(7, new Duration(3), _log);
    }

    public void Dispose() => _market.Dispose();

    [Fact]
    public void Fills_of_live_orders_are_kept_and_those_of_others_forgotten()
    {
        OwnOrder live = new() { ClientOrderId = ClientOrderId.Create(1, 0, 1), VenueOrderId = 1 };
        _names.Open(live);
        for (int i = 0; i < 5; i++) Fill(venueOrderId: 1 + (ulong)(i % 2));
        for (int i = 0; i < Many; i++) Fill(venueOrderId: 3);

        Assert.Equal([1, 3, 5], Of(1));
        Assert.Empty(Of(2));
        Assert.Equal(ExecutionLog.CountMax + 3, _log.Count);
        Assert.Equal(ExecutionLog.CountMax + 3, All().Count);
        Assert.Equal(All().Order(), All());
        _names.Close(live);
        _log.Release(live);
        Assert.Empty(Of(1));
        Assert.Equal(ExecutionLog.CountMax, _log.Count);
    }

    [Fact]
    public void Position_and_average_price_count_what_is_forgotten()
    {
        Position linear = new(), inverse = new(isInverse: true);
        for (int i = 0; i < 2 * Many; i++)
        {
            Side side = i % 7 < 4 ? Side.Buy : Side.Sell;
            OrderReport fill = Fill(venueOrderId: 3, side, price: 100 + i % 13, quantity: 1 + i % 3, instrument: i % 2);
            (i % 2 == 0 ? linear : inverse).Book(side, fill.LastPrice, fill.LastQuantity);
        }
        Position?[] positions = _log.Positions();
        Assert.Equal([linear.Quantity, inverse.Quantity], positions.Select(position => position!.Quantity));
        Assert.True(Math.Abs(linear.AveragePrice.Nanos - positions[0]!.AveragePrice.Nanos) <= 1, $"{linear.AveragePrice} {positions[0]!.AveragePrice}");
        Assert.True(Math.Abs(inverse.AveragePrice.Nanos - positions[1]!.AveragePrice.Nanos) <= 1, $"{inverse.AveragePrice} {positions[1]!.AveragePrice}");
    }

    [Fact]
    public void Changed_execution_counts_as_it_is_now_and_goes_by_its_last_name()
    {
        Fill(1, price: 100, quantity: 4);
        Fill(1, price: 110, quantity: 4);
        Change(1, 104, 2);      // is number 3 now
        Assert.False(_log.TryFind(Id(1), out _, out _));
        Assert.True(_log.TryFind(Id(3), out ExecutionId fill, out ExecutionChanged change) && fill == Id(1));
        Assert.Equal((Id(3), 104 * Price.Scale, 2 * Quantity.Scale), (change.Original, change.OldPrice.Nanos, change.OldQuantity.Nanos));
        Position position = _log.Positions()[0]!;
        Assert.Equal((Quantity.Units(6), Price.From(108)), (position.Quantity, position.AveragePrice));

        Change(3, 0, 0);      // is taken back
        Assert.False(_log.TryFind(Id(3), out _, out _) || _log.TryFind(Id(4), out _, out _));
        Assert.Equal(Price.From(110), _log.Positions()[0]!.AveragePrice);
        Assert.Equal([1, 2, 3, 4], Of(1));
    }

    [Fact]
    public void Change_of_a_forgotten_fill_goes_on_counting_in_its_position()
    {
        Fill(1, price: 100, quantity: 4);
        Change(1, 0, 0);
        for (int i = 0; i < ExecutionLog.CountMax; i++) Fill(3, i % 2 == 0 ? Side.Buy : Side.Sell, price: 100, quantity: 1);
        Assert.True(_log.Positions()[0]!.Quantity.IsZero);
        Assert.False(_log.TryFind(Id(1), out _, out _));
    }

    private static ExecutionId Id(ulong number) => new(0, number);

    private OrderReport Fill(ulong venueOrderId, Side side = Side.Buy, long price = 100, long quantity = 1, int instrument = 0)
    {
        _executions++;
        OrderReport fill = new()
        {
            Header = MessageHeader.Create<OrderReport>(MessageType.OrderReport, 7, new InstrumentId(instrument), new Timestamp((long)_executions), new Timestamp((long)_executions)),
            ClientOrderId = ClientOrderId.Create(1, 0, venueOrderId),
            VenueOrderId = venueOrderId,
            ExecutionId = Id(_executions),
            Kind = ReportKind.Filled,
            Side = side,
            LastPrice = Price.From(price),
            LastQuantity = Quantity.Units(quantity),
            Sequence = (long)_executions,
        };
        _log.Add(in fill);
        return fill;
    }

    private void Change(ulong number, long price, long quantity)
    {
        Assert.True(_log.TryFind(Id(number), out ExecutionId fill, out ExecutionChanged change));
        (change.Sequence, change.ExecutionId, change.NewPrice, change.NewQuantity) = ((long)++_executions, Id(_executions), Price.From(price), Quantity.Units(quantity));
        change.Header = MessageHeader.Create<ExecutionChanged>(MessageType.ExecutionChanged, 7, change.Header.Instrument, default, default);
        _log.Change(fill, in change);
    }

    private List<long> Of(ulong venueOrderId)
    {
        _log.Repeat(venueOrderId, _reports, new Timestamp(1));
        return Drain();
    }

    private List<long> All()
    {
        int count = _log.RepeatSince(default, _reports, new Timestamp(1));
        List<long> all = Drain();
        Assert.Equal(count, all.Count);
        return all;
    }

    private List<long> Drain()
    {
        List<long> sequences = [];
        for (; !_reports.Queue.IsEmpty; _reports.Queue.Dequeue())
        {
            ReadOnlySpan<byte> first = _reports.Queue.First;
            sequences.Add(Messages.Header(first).Type == MessageType.OrderReport ? Messages.As<OrderReport>(first).Sequence : Messages.As<ExecutionChanged>(first).Sequence);
            Assert.Equal(new Timestamp(4), Messages.Header(first).ReceiveTime);
        }
        return sequences;
    }
}
