using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Books;
using Fathom.Market.Universe;
using Fathom.Simulation.Costs;
using Fathom.Simulation.Driver;
using Fathom.Simulation.Venue;
using Fathom.Twins.SlowVenue;

namespace Fathom.Tests.Simulation.Venue;

/// <summary>Stands where the engine stands: takes inputs, keeps the clock, sends what the script says and remembers everything.</summary>
internal sealed class ScriptedEngine
{
    public const ushort Source = 77;

    private static readonly SlowFees s_usual = new(MakerBps: 0.35m, TakerBps: 9m, PerContract: 0.85m);

    /// <summary>Instrument 1 pays others; with a rebate for makers.</summary>
    private static readonly SlowFees s_other = new(MakerBps: -0.123456789m, TakerBps: 4.5m, PerContract: 0.000000123m);

    private readonly LatencyModel _latency;
    private readonly VenueFeatures _features;
    private readonly SessionHours? _hours;
    private ulong _orders;

    /// <param name="firstArrival">Where the venue's books start to count arrivals.</param>
    /// <param name="shared">Null: the venue has a tape of its own.</param>
    public ScriptedEngine(LatencyModel latency, uint firstArrival = 0, VenueFeatures features = VenueFeatures.All, SessionHours? hours = null, VenueTape? shared = null)
    {
        _latency = latency;
        _features = features;
        _hours = hours;
        FeeBook fees = new(Schedule(s_usual), new Dictionary<string, FeeSchedule> { ["I1"] = Schedule(s_other), ["I"] = FeeSchedule.None });
        Venue = shared is null
            ? new SimulatedVenue(latency, fees, Source, new MarketState(new BookSet(firstArrival)), features, hours)
            : new SimulatedVenue(latency, fees, Source, shared, features, hours);
    }

    public SimulatedVenue Venue { get; }
    public Timestamp Clock { get; private set; } = Timestamp.Earliest;

    /// <summary>All that came from the venue, message by message.</summary>
    public List<byte[]> Said { get; } = [];

    /// <summary>The reports, without executions that were repeated.</summary>
    public List<OrderReport> Reports { get; } = [];

    public List<SlowAct> Acts { get; } = [];
    public List<SlowCommand> Commands { get; } = [];
    public long Inputs { get; private set; }

    /// <summary>Changes each command before it leaves.</summary>
    public Action<OrderCommandBox>? OnCommand { get; init; }

    /// <summary>Called after each input; the header is the input's.</summary>
    public Action<ScriptedEngine, MessageHeader>? OnInput { get; init; }

    public Action<ScriptedEngine, OrderReport>? OnReport { get; init; }

    public ClientOrderId Submit(Side side, long price, long quantity, bool postOnly = true, int instrument = 0, Action<OrderCommandBox>? change = null)
    {
        ClientOrderId id = ClientOrderId.Create(1, 0, ++_orders);
        OrderCommandBox box = new() { Command = NewCommand(CommandKind.Submit, id, side, instrument) };
        box.Command.Price = new Price(price * Price.Scale);
        box.Command.Quantity = Quantity.Units(quantity);
        box.Command.Type = OrderType.Limit;
        box.Command.TimeInForce = TimeInForce.GoodTillCancel;
        box.Command.Flags = postOnly ? OrderFlags.PostOnly : OrderFlags.None;
        change?.Invoke(box);
        Send(box.Command);
        return box.Command.ClientOrderId;
    }

    /// <summary>Asks for a new price and a new whole quantity; "GTC" and "post-only" are what it states and nobody looks at.</summary>
    public void Replace(ClientOrderId id, Side side, long price, long quantity, int instrument = 0, Action<OrderCommandBox>? change = null)
    {
        OrderCommandBox box = new() { Command = NewCommand(CommandKind.Replace, id, side, instrument) };
        box.Command.Price = new Price(price * Price.Scale);
        box.Command.Quantity = Quantity.Units(quantity);
        box.Command.Type = OrderType.Limit;
        box.Command.TimeInForce = TimeInForce.GoodTillCancel;
        box.Command.Flags = OrderFlags.PostOnly;
        change?.Invoke(box);
        Send(box.Command);
    }

    public void Cancel(ClientOrderId id, Side side = Side.Buy, int instrument = 0) => Send(NewCommand(CommandKind.Cancel, id, side, instrument));

    /// <summary>Cancels an order by the venue's name.</summary>
    public void Cancel(ulong venueOrderId, int instrument = 0)
    {
        OrderCommand command = NewCommand(CommandKind.Cancel, ClientOrderId.None, Side.None, instrument);
        command.VenueOrderId = venueOrderId;
        Send(command);
    }

    /// <summary>Asks how the venue has an order.</summary>
    public void Query(ClientOrderId id, int instrument = 0, ulong venueOrderId = 0)
    {
        OrderCommand command = NewCommand(CommandKind.Query, id, Side.None, instrument);
        command.VenueOrderId = venueOrderId;
        Send(command);
    }

    /// <summary>Asks for all that the venue has.</summary>
    public void Snapshot(long since = 0)
    {
        OrderCommand command = NewCommand(CommandKind.Snapshot, ClientOrderId.None, Side.None, InstrumentId.None.Index);
        command.Since = new Timestamp(since);
        Send(command);
    }

    public DriverSummary Run(Tape tape, long lookAheadMax = BacktestDriver.LookAheadBytesMax, bool isEager = false, int piece = 3)
    {
        BacktestDriver driver = new(tape.Source(piece), Step, Venue, lookAheadMax, isEager);
        driver.RunAll(null, CancellationToken.None);
        return driver.Summarize();
    }

    /// <summary>Leads the venue through the tape message by message, so that <paramref name="act"/> knows where it is; the engine hears everything as soon as it is said.</summary>
    public void RunByHand(Tape tape, Action<ScriptedEngine, int>? act = null)
    {
        for (int i = 0; i < tape.Messages.Count; i++)
        {
            ApplyBefore(Venue.TimeOf(in Messages.Header(tape.Messages[i])));
            Venue.Take(tape.Messages[i]);
            Live(i, tape.Messages[i], act);
        }
        Finish();
    }

    /// <summary>Lets happen at the venue what is due before the tape's next message.</summary>
    public void ApplyBefore(Timestamp next)
    {
        while (Venue.NextDue < next) Venue.ApplyNext();
    }

    /// <summary>After a message of the tape: the engine hears it and all that the venue has said, then comes what happens without our asking.</summary>
    public void Live(int index, byte[] message, Action<ScriptedEngine, int>? act)
    {
        Step(message);
        HearAll();
        act?.Invoke(this, index);
        HearAll();
    }

    /// <summary>What reaches the engine by its clock's time.</summary>
    public void Finish()
    {
        while (Venue.NextDue + _latency.Response <= Clock)
        {
            Venue.ApplyNext();
            HearAll();
        }
    }

    /// <summary>Does something at the venue, and notes it for the oracle.</summary>
    public void Act(SlowAct act)
    {
        Acts.Add(act);
        switch (act.Kind)
        {
            case SlowActKind.CancelByVenue: Venue.CancelByVenue(act.ClientOrderId); break;
            case SlowActKind.CancelExternal: Venue.CancelExternal(act.VenueOrderId); break;
            case SlowActKind.PlaceExternal: Venue.PlaceExternal(act.Instrument, act.Side, act.Price, act.Quantity); break;
            case SlowActKind.Bust: Venue.Bust(act.Execution); break;
            case SlowActKind.Correct: Venue.Correct(act.Execution, act.Price, act.Quantity); break;
        }
    }

    /// <summary>Delivers all that the venue has said, at once.</summary>
    public void HearAll()
    {
        while (Venue.PendingReports > 0)
        {
            Step(Venue.FirstReport);
            Venue.DropReport();
        }
    }

    /// <summary>What the oracle says about the same tape and commands, up to the end of the engine's clock.</summary>
    public List<byte[]> Expected(Tape tape)
    {
        SlowTerms terms = new(_latency.Response, s_usual, Source, new Dictionary<string, SlowFees> { ["I1"] = s_other }, _features, _hours);
        return [.. SlowVenue.RunAll(tape.Messages, Commands, terms, Acts).Where(said => Messages.Header(said).ReceiveTime <= Clock)];
    }

    private static FeeSchedule Schedule(SlowFees fees) => new(fees.MakerBps, fees.TakerBps, fees.PerContract);

    private void Step(ReadOnlySpan<byte> message)
    {
        MessageHeader header = Messages.Header(message);
        Inputs++;
        if (!header.ReceiveTime.IsNone) Clock = Timestamp.Max(Clock, header.ReceiveTime);
        if (SaidText.IsSaid(header.Type)) Hear(message);
        OnInput?.Invoke(this, header);
    }

    private void Hear(ReadOnlySpan<byte> message)
    {
        Said.Add(message.ToArray());
        if (Messages.Header(message).Type != MessageType.OrderReport) return;
        OrderReport report = Messages.As<OrderReport>(message);
        if (Reports.Count > 0 && report.Sequence <= Reports[^1].Sequence) return;
        Reports.Add(report);
        OnReport?.Invoke(this, report);
    }

    private OrderCommand NewCommand(CommandKind kind, ClientOrderId id, Side side, int instrument) => new()
    {
        Header = MessageHeader.Create<OrderCommand>(MessageType.OrderCommand, 0, new InstrumentId(instrument), Clock, Clock),
        Approval = Commands.Count + 1,
        ClientOrderId = id,
        Kind = kind,
        Side = side,
        Price = Price.None,
        TriggerPrice = Price.None,
        TrailOffset = Price.None,
        Quantity = Quantity.None,
        DisplayQuantity = Quantity.None,
        MinimumQuantity = Quantity.None,
    };

    private void Send(OrderCommand command)
    {
        OrderCommandBox box = new() { Command = command };
        OnCommand?.Invoke(box);
        command = box.Command;
        Commands.Add(new SlowCommand(Clock + _latency.Entry, command));
        Venue.Send(in command);
    }
}
