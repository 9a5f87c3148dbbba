using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Loop;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Risk;
using Fathom.Market.Universe;
using Fathom.Tests.Engine.Portfolio;

namespace Fathom.Tests.Engine.Loop;

public class OutboxTests : IVenue, IRunObserver
{
    private readonly Outbox _outbox;
    private readonly RiskGate _gate;
    private readonly List<long> _sent = [];

    public OutboxTests()
    {
        Instruments instruments = new();
        _gate = new RiskGate(new RiskLimits(), instruments, new OrderBlotter(instruments), new Account(AccountTests.Code("USD"), 0m, strategies: 1));
        _outbox = new Outbox(this, new Publisher([this], new Fingerprint([])));
    }

    [Fact]
    public void Commands_leave_at_the_flush_in_the_order_of_approval()
    {
        for (int i = 0; i < 40; i++) _outbox.Post(Approved());
        Assert.Empty(_sent);
        _outbox.Flush();
        _outbox.Flush();
        Assert.Equal(Enumerable.Range(1, 40).Select(number => (long)number), _sent);
        Assert.Equal(40, _outbox.SentCount);
    }

    [Fact]
    public void An_approval_that_nobody_gave_stops_the_engine() => Assert.Throws<InvariantException>(() => _outbox.Post(default));

    [Fact]
    public void An_approval_used_twice_stops_the_engine()
    {
        ApprovedCommand approved = Approved();
        _outbox.Post(approved);
        Assert.Throws<InvariantException>(() => _outbox.Post(approved));
    }

    [Fact]
    public void Approvals_out_of_order_stop_the_engine()
    {
        ApprovedCommand first = Approved(), second = Approved();
        Assert.Throws<InvariantException>(() => _outbox.Post(second));
        _outbox.Post(first);
        _outbox.Post(second);
    }

    void IVenue.Send(in OrderCommand command) => _sent.Add(command.Approval);

    void IRunObserver.OnCommand(in OrderCommand command) { }

    void IRunObserver.OnOrder(in OrderEvent change) { }

    void IRunObserver.OnFill(in FillEvent fill) { }

    private ApprovedCommand Approved()
    {
        OrderCommand command = new() { Kind = CommandKind.Cancel, Header = MessageHeader.Create<OrderCommand>(MessageType.OrderCommand, 0, new InstrumentId(0), default, default) };
        return _gate.PassCancel(ref command);
    }
}
