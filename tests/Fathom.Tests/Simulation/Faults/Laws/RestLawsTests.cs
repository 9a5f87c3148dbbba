using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Loop;
using Fathom.Simulation.Faults;
using Fathom.Simulation.Faults.Laws;

namespace Fathom.Tests.Simulation.Faults.Laws;

/// <summary>What has to be true at rest, each law broken on purpose by what the engine or the venue is told alone.</summary>
public sealed class RestLawsTests : IVenue, IDisposable
{
    private static readonly KilledScope s_account = new(OperatorCommand.AllStrategies, InstrumentId.None);
    private static readonly TortureSetup s_setup = TortureSetups.Usual();

    private readonly TortureState _state = new(FaultSchedule.Parse("seed=1"), null);
    private readonly Network _network;
    private readonly TruthVenue _venue = new(s_setup);
    private readonly Judge _judge;
    private readonly EngineSeat _seat;
    private readonly RestLaws _rest;
    private readonly List<OrderCommand> _sent = [];

    public RestLawsTests()
    {
        EngineOptions options = s_setup.Engine(1);
        _network = new Network(_state, s_setup.Latency);
        _judge = new Judge(_state, options);
        TortureTape tape = s_setup.Market.Tape(1);
        _seat = new EngineSeat(() => s_setup.Engine(1) with { Start = tape.Start }, this, _judge);
        _rest = new RestLaws(_state, _network, _venue, _seat, _judge, options.OwnerNames.Count);
        BuildBooks(tape);
    }

    [Fact]
    public void Nothing_happened_breaks_nothing()
    {
        _rest.Judge();
        _rest.JudgeKilled(s_account);

        Assert.True(_rest.IsQuiet);
        Assert.Null(_state.Broken);
    }

    [Fact]
    public void Execution_that_the_venue_never_made_is_found()
    {
        OrderReport fill = Fill();
        _judge.NoteInput(Messages.AsBytes(in fill));
        _seat.Step(Messages.AsBytes(in fill));

        AssertBroken(TortureLaws.Positions);
    }

    [Fact]
    public void Execution_that_is_booked_and_was_not_delivered_is_found()
    {
        OrderReport fill = Fill();
        _seat.Step(Messages.AsBytes(in fill));

        _judge.JudgeMoney(_seat.Engine);

        Assert.Equal(TortureLaws.Money, _state.Broken?.Law);
    }

    [Fact]
    public void Execution_of_the_venue_that_the_engine_never_saw_is_found()
    {
        _venue.PlaceExternal(new InstrumentId(0), Side.Buy, BestAsk(), Quantity.Units(1));
        while (!_venue.TakeSaid().IsEmpty) { }

        AssertBroken(TortureLaws.Positions);
    }

    [Fact]
    public void Order_at_the_venue_that_the_engine_does_not_have_is_found()
    {
        Submit();

        AssertBroken(TortureLaws.Orders);
    }

    [Fact]
    public void Order_that_lives_after_the_kill_switch_is_found()
    {
        Submit();
        _rest.JudgeKilled(s_account);

        Assert.Equal(TortureLaws.Killed, _state.Broken?.Law);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Somebody_elses_order_has_to_be_known(bool isTold)
    {
        _venue.PlaceExternal(new InstrumentId(0), Side.Buy, new Price(BestAsk().Nanos - 20 * Tick), Quantity.Units(1));
        for (ReadOnlySpan<byte> report = _venue.TakeSaid(); !report.IsEmpty; report = _venue.TakeSaid())
            if (isTold) _seat.Step(report);
        Settle(isTold);

        _rest.Judge();

        Assert.Equal(isTold ? null : TortureLaws.Orders, _state.Broken?.Law);
    }

    [Fact]
    public void Somebody_elses_order_that_the_venue_has_no_more_is_found()
    {
        _venue.PlaceExternal(new InstrumentId(0), Side.Buy, new Price(BestAsk().Nanos - 20 * Tick), Quantity.Units(1));
        for (ReadOnlySpan<byte> report = _venue.TakeSaid(); !report.IsEmpty; report = _venue.TakeSaid()) _seat.Step(report);
        Settle(isTold: true);
        Assert.True(_venue.Cancel(Assert.Single(_venue.Mirror.Live)));
        while (!_venue.TakeSaid().IsEmpty) { }

        AssertBroken(TortureLaws.Orders);
    }

    [Fact]
    public void What_is_under_way_is_no_rest()
    {
        _network.Send(Command(CommandKind.Cancel));
        Assert.Equal("commands are on their way", _rest.Unrest());
        _network.ToVenue.Take();
        _network.Tell(Messages.AsBytes(Fill()), TracePlace.Venue);
        Assert.Equal("reports are on their way", _rest.Unrest());
        _network.Disconnect(FaultKind.Disconnect, losesCommands: true);
        Assert.Equal("the connection is down", _rest.Unrest());
        _network.Connect();

        Assert.True(_rest.IsQuiet);
    }

    void IVenue.Send(in OrderCommand command) => _sent.Add(command);

    public void Dispose()
    {
        _seat.Dispose();
        _venue.Dispose();
    }

    private long Tick => _seat.Engine.Market.Instruments[new InstrumentId(0)].Tick.Nanos;

    private void AssertBroken(string law)
    {
        _rest.Judge();

        Assert.Equal(law, _state.Broken?.Law);
    }

    /// <summary>The venue answers what the engine has asked, if it has asked.</summary>
    private void Settle(bool isTold)
    {
        foreach (OrderCommand question in _sent.ToArray()) _venue.Execute(question, _state.Now);
        for (ReadOnlySpan<byte> answer = _venue.TakeSaid(); !answer.IsEmpty; answer = _venue.TakeSaid())
        {
            for (ReadOnlySpan<byte> rest = answer; isTold && !rest.IsEmpty; rest = rest[Messages.Header(rest).Length..]) _seat.Step(rest[..Messages.Header(rest).Length]);
        }
    }

    private void BuildBooks(TortureTape tape)
    {
        for (int at = 0; at < tape.Messages.Length;)
        {
            ReadOnlySpan<byte> message = tape.Messages.Span[at..];
            message = message[..Messages.Header(message).Length];
            if (Messages.Header(message).ReceiveTime >= tape.Start) break;
            _venue.Take(message);
            _seat.Step(message);
            at += message.Length;
        }
        TradingStateChanged open = new() { Header = MessageHeader.Create<TradingStateChanged>(MessageType.TradingStateChanged, 0, new InstrumentId(0), tape.Start, tape.Start), State = TradingState.Continuous };
        _venue.Take(Messages.AsBytes(in open));
        _seat.Step(Messages.AsBytes(in open));
        _state.Now = tape.Start;
    }

    private Price BestAsk()
    {
        Assert.True(_seat.Engine.Market.Books[new InstrumentId(0)].TryBestAsk(out Fathom.Domain.Books.BookLevel level));
        return level.Price;
    }

    private void Submit()
    {
        OrderCommand command = Command(CommandKind.Submit);
        command.Price = new Price(BestAsk().Nanos - 20 * Tick);
        _venue.Execute(command, _state.Now);
        while (!_venue.TakeSaid().IsEmpty) { }
    }

    private OrderCommand Command(CommandKind kind) => new()
    {
        Header = MessageHeader.Create<OrderCommand>(MessageType.OrderCommand, 0, new InstrumentId(0), _state.Now, _state.Now),
        Approval = 1,
        ClientOrderId = ClientOrderId.Create(_seat.Engine.Fingerprint.JournalId, 0, 1),
        Kind = kind,
        Side = Side.Buy,
        Type = OrderType.Limit,
        TimeInForce = TimeInForce.GoodTillCancel,
        Price = Price.None,
        TriggerPrice = Price.None,
        TrailOffset = Price.None,
        Quantity = Quantity.Units(1),
        DisplayQuantity = Quantity.None,
        MinimumQuantity = Quantity.None,
    };

    private OrderReport Fill() => new()
    {
        Header = MessageHeader.Create<OrderReport>(MessageType.OrderReport, 0, new InstrumentId(0), _state.Now, _state.Now),
        ExecutionId = new ExecutionId(0, 77),
        VenueOrderId = 5,
        Kind = ReportKind.Filled,
        Side = Side.Buy,
        LastPrice = BestAsk(),
        LastQuantity = Quantity.Units(1),
        Cumulative = Quantity.Units(1),
        QueueAhead = Quantity.None,
    };
}
