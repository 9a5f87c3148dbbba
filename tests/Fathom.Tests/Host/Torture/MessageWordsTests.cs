using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Host.Torture;

namespace Fathom.Tests.Host.Torture;

public class MessageWordsTests
{
    private static readonly ClientOrderId First = ClientOrderId.Create(1, 0, 9), Second = ClientOrderId.Create(1, 0, 4);

    private readonly MessageWords _words = new();

    [Fact]
    public void Orders_are_numbered_as_they_are_first_spoken_of_and_those_of_others_apart()
    {
        Assert.Equal("#1", _words.NameOf(First));
        Assert.Equal("other #1", _words.NameOf(ClientOrderId.None, 77));
        Assert.Equal("#2", _words.NameOf(Second));
        Assert.Equal("#1", _words.NameOf(First, 5));
    }

    [Fact]
    public void A_command_says_what_it_asks_for()
    {
        OrderCommand command = new()
        {
            Header = Header<OrderCommand>(MessageType.OrderCommand),
            ClientOrderId = First,
            Kind = CommandKind.Submit,
            Side = Side.Sell,
            Quantity = Quantity.Units(3),
            Price = Price.None,
            TriggerPrice = Price.From(99.5m),
            Type = OrderType.Stop,
            TimeInForce = TimeInForce.ImmediateOrCancel,
        };
        Assert.Equal("#1 sell 3 stop at 99.50 IOC", Say(command));
        Assert.Equal("cancel #1", Say(command with { Kind = CommandKind.Cancel }));
        Assert.Equal("replace #1: 3 @ 98.00", Say(command with { Kind = CommandKind.Replace, Price = Price.From(98m) }));
        Assert.Equal("how is #1?", Say(command with { Kind = CommandKind.Query }));
        Assert.Equal("what do you have of ours?", Say(command with { Kind = CommandKind.Snapshot }));
    }

    [Fact]
    public void An_answer_says_what_the_venue_says()
    {
        OrderReport report = new() { Header = Header<OrderReport>(MessageType.OrderReport), ClientOrderId = First, Kind = ReportKind.Filled, LastPrice = Price.From(100m), LastQuantity = Quantity.Units(2) };
        Assert.Equal("#1 filled 2 @ 100.00", Say(report));
        Assert.Equal("#1 cancel rejected (too late)", Say(report with { Kind = ReportKind.CancelRejected, Reason = ReasonCode.TooLate }));
        VenueOrder order = new() { Header = Header<VenueOrder>(MessageType.VenueOrder), ClientOrderId = First, Status = OrderStatus.Open, Cumulative = Quantity.Units(1), Quantity = Quantity.Units(4) };
        Assert.Equal("#1 is open, 1 of 4 done", Say(order));
        Assert.Equal("#1: no such order", Say(order with { Status = OrderStatus.None }));
        VenueAnswer answer = new() { Header = Header<VenueAnswer>(MessageType.VenueAnswer), Kind = VenueAnswerKind.SnapshotEnds, Executions = 1, Positions = 2 };
        Assert.Equal("all that there is: 1 execution, 0 orders, 2 positions", Say(answer));
        Assert.Equal("no answer (rate limited)", Say(answer with { Kind = VenueAnswerKind.Failed, Reason = ReasonCode.RateLimited }));
        ExecutionChanged change = new() { Header = Header<ExecutionChanged>(MessageType.ExecutionChanged), ClientOrderId = First, OldQuantity = Quantity.Units(2), NewPrice = Price.None };
        Assert.Equal("#1: fill of 2 taken back", Say(change));
        Assert.Equal("#1: fill is 1 @ 99.00", Say(change with { NewQuantity = Quantity.Units(1), NewPrice = Price.From(99m) }));
    }

    private string Say<T>(T message) where T : unmanaged => _words.Of(Messages.AsBytes(in message));

    private static MessageHeader Header<T>(MessageType type) where T : unmanaged => MessageHeader.Create<T>(type, 0, new InstrumentId(0), default, default);
}
