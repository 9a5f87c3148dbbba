using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Simulation.Costs;

namespace Fathom.Simulation.Faults;

/// <summary>
/// What lies between the engine and the venue: the gateway, which may turn commands away or lie, and two ways on which messages may be lost, late, doubled and out of order. A whole
/// answer to a question travels as one.
/// </summary>
internal sealed class Network(TortureState state, LatencyModel latency)
{
    private static readonly FaultKinds s_onCommands = FaultKinds.Of(FaultKind.CommandLost, FaultKind.CommandLate, FaultKind.CommandDuplicated, FaultKind.CommandReordered, FaultKind.RateLimited);
    private static readonly FaultKinds s_onSubmissions = s_onCommands + FaultKinds.Of(FaultKind.GatewayReject);
    private static readonly FaultKinds s_onReplacements = s_onCommands + FaultKinds.Of(FaultKind.FillBeforeReplacement);
    private static readonly FaultKinds s_onQuestions = FaultKinds.Of(FaultKind.QueryFailed, FaultKind.QueryLost, FaultKind.RateLimited);
    private static readonly FaultKinds s_onReports = FaultKinds.Of(FaultKind.ReportLost, FaultKind.ReportLate, FaultKind.ReportDuplicated, FaultKind.ReportReordered, FaultKind.ReportGarbled);
    private static readonly FaultKinds s_onAcceptances = s_onReports + FaultKinds.Of(FaultKind.AcceptanceLost, FaultKind.FillBeforeAcceptance, FaultKind.FalseReject);
    private static readonly FaultKinds s_onFills = s_onReports + FaultKinds.Of(FaultKind.FillAfterEnd);
    private static readonly FaultKinds s_onAnswers = FaultKinds.Of(FaultKind.QueryStale);
    private static readonly FaultKinds s_onSnapshots = FaultKinds.Of(FaultKind.SnapshotStale);
    private static readonly FaultKinds s_onFullSnapshots = s_onSnapshots + FaultKinds.Of(FaultKind.SnapshotForgets);

    public FlightQueue ToVenue { get; } = new();

    public FlightQueue ToEngine { get; } = new();

    public bool IsConnected { get; private set; } = true;

    /// <summary>Fills of somebody else's order are told under the name of this one of ours, in this step; None: under none.</summary>
    public ClientOrderId Misnamed { get; set; }

    // ---- from the engine to the venue

    public void Send(in OrderCommand command)
    {
        Flight flight = New(Messages.AsBytes(in command), TracePlace.Engine, latency.Entry);
        if (!IsConnected) Lose(flight, TracePlace.Venue, FaultKind.Disconnect);
        else if (!state.TryStrike(FaultsOn(command.Kind), out Fault fault)) Leave(flight, ToVenue, TracePlace.Venue);
        else Strike(flight, in command, fault);
    }

    private static FaultKinds FaultsOn(CommandKind kind) => kind switch
    {
        CommandKind.Submit => s_onSubmissions,
        CommandKind.Replace => s_onReplacements,
        CommandKind.Cancel => s_onCommands,
        _ => s_onQuestions,
    };

    private void Strike(Flight flight, in OrderCommand command, in Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.CommandLost or FaultKind.QueryLost:
                Lose(flight, TracePlace.Venue, fault.Kind);
                break;
            case FaultKind.RateLimited or FaultKind.GatewayReject or FaultKind.QueryFailed:
                Lose(flight, TracePlace.Gateway, fault.Kind);
                Forge(Refusal(in command, fault.Kind == FaultKind.RateLimited ? ReasonCode.RateLimited : ReasonCode.Unavailable), fault.Kind);
                break;
            default:
                Disturb(flight, ToVenue, TracePlace.Venue, fault);
                break;
        }
    }

    /// <summary>What the gateway says of a command that it does not pass on. It has no place in the venue's row of reports.</summary>
    private byte[] Refusal(in OrderCommand command, ReasonCode reason)
    {
        if (command.Kind is CommandKind.Query or CommandKind.Snapshot)
        {
            VenueAnswer answer = new()
            {
                Header = MessageHeader.Create<VenueAnswer>(MessageType.VenueAnswer, command.Header.Source, InstrumentId.None, state.Now, state.Now),
                Request = command.Approval,
                Kind = VenueAnswerKind.Failed,
                Reason = reason,
            };
            return Messages.AsBytes(in answer).ToArray();
        }
        OrderReport report = new()
        {
            Header = MessageHeader.Create<OrderReport>(MessageType.OrderReport, command.Header.Source, command.Header.Instrument, state.Now, state.Now),
            ClientOrderId = command.ClientOrderId,
            LastPrice = Price.None,
            QueueAhead = Quantity.None,
            Kind = command.Kind switch { CommandKind.Submit => ReportKind.Rejected, CommandKind.Cancel => ReportKind.CancelRejected, _ => ReportKind.ReplaceRejected },
            Side = command.Side,
            PositionSide = command.PositionSide,
            Reason = reason,
        };
        return Messages.AsBytes(in report).ToArray();
    }

    // ---- from the venue to the engine

    /// <summary>A report, or a whole answer.</summary>
    public void Answer(ReadOnlySpan<byte> unit)
    {
        Flight flight = New(unit, TracePlace.Venue, latency.Response);
        if (!Misnamed.IsNone) Misname(flight);
        if (!IsConnected) Lose(flight, TracePlace.Engine, FaultKind.Disconnect);
        else if (!state.TryStrike(FaultsOn(unit), out Fault fault)) Leave(flight, ToEngine, TracePlace.Engine);
        else Strike(flight, fault);
    }

    /// <summary>What does not come from the venue: an operator, or the connection itself.</summary>
    public void Tell(ReadOnlySpan<byte> message, TracePlace from) => Leave(New(message, from, Duration.Zero), ToEngine, TracePlace.Engine);

    private static FaultKinds FaultsOn(ReadOnlySpan<byte> unit)
    {
        ref readonly MessageHeader first = ref Messages.Header(unit);
        if (first.Type == MessageType.VenueAnswer)
            return Messages.As<VenueAnswer>(unit).Kind != VenueAnswerKind.SnapshotBegins ? default : FirstExecution(unit) >= 0 ? s_onFullSnapshots : s_onSnapshots;
        if (unit.Length > first.Length || first.Type == MessageType.VenueOrder) return s_onAnswers;
        if (first.Type != MessageType.OrderReport) return s_onReports;
        ref readonly OrderReport report = ref Messages.As<OrderReport>(unit);
        bool isOurs = !report.ClientOrderId.IsNone;
        return report.Kind == ReportKind.Filled && isOurs ? s_onFills : report.Kind == ReportKind.Accepted && isOurs ? s_onAcceptances : s_onReports;
    }

    private void Strike(Flight flight, in Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.ReportLost or FaultKind.AcceptanceLost:
                Lose(flight, TracePlace.Engine, fault.Kind);
                break;
            case FaultKind.FalseReject:
                RejectFalsely(flight, fault);
                break;
            case FaultKind.ReportGarbled:
                Garble(flight, fault);
                break;
            case FaultKind.SnapshotForgets:
                Forget(flight, fault);
                break;
            default:
                Disturb(flight, ToEngine, TracePlace.Engine, fault);
                break;
        }
    }

    /// <summary>An odd amount: the rejection stands in the acceptance's place, with its number. An even one: the acceptance follows the rejection.</summary>
    private void RejectFalsely(Flight flight, in Fault fault)
    {
        OrderReport rejection = Messages.As<OrderReport>(flight.Bytes);
        bool isInPlace = fault.Amount % 2 == 1;
        rejection.Kind = ReportKind.Rejected;
        rejection.Reason = ReasonCode.Unavailable;
        rejection.VenueOrderId = 0;
        rejection.Leaves = Quantity.Zero;
        rejection.QueueAhead = Quantity.None;
        if (!isInPlace) rejection.Sequence = 0;
        Forge(Messages.AsBytes(in rejection), fault.Kind);
        if (isInPlace) Lose(flight, TracePlace.Engine, fault.Kind);
        else Leave(flight, ToEngine, TracePlace.Engine);
    }

    private void Misname(Flight flight)
    {
        if (Messages.Header(flight.Bytes).Type != MessageType.OrderReport) return;
        OrderReport report = Messages.As<OrderReport>(flight.Bytes);
        if (!report.ClientOrderId.IsNone || report.Kind != ReportKind.Filled) return;
        report.ClientOrderId = Misnamed;
        Messages.AsBytes(in report).CopyTo(flight.Bytes);
        flight.Fault = FaultKind.FillMisnamed;
    }

    /// <summary>What was in it is lost; its number stays.</summary>
    private void Garble(Flight flight, in Fault fault)
    {
        if (Messages.Header(flight.Bytes).Type == MessageType.OrderReport)
        {
            OrderReport report = Messages.As<OrderReport>(flight.Bytes);
            report.Kind = fault.Amount % 2 == 0 ? ReportKind.None : ReportKind.Filled;
            report.LastQuantity = Quantity.Zero;
            Messages.AsBytes(in report).CopyTo(flight.Bytes);
        }
        else
        {
            ExecutionChanged change = Messages.As<ExecutionChanged>(flight.Bytes);
            change.Side = Side.None;
            Messages.AsBytes(in change).CopyTo(flight.Bytes);
        }
        flight.Fault = fault.Kind;
        Leave(flight, ToEngine, TracePlace.Engine);
    }

    /// <summary>Takes one execution out of a snapshot.</summary>
    private void Forget(Flight flight, in Fault fault)
    {
        int at = FirstExecution(flight.Bytes), length = Messages.Header(flight.Bytes.AsSpan(at)).Length;
        VenueAnswer end = Messages.As<VenueAnswer>(flight.Bytes.AsSpan(flight.Bytes.Length - 8 * Messages.Words<VenueAnswer>()));
        end.Executions--;
        byte[] shorter = [.. flight.Bytes.AsSpan(0, at), .. flight.Bytes.AsSpan(at + length)];
        Messages.AsBytes(in end).CopyTo(shorter.AsSpan(shorter.Length - end.Header.Length));
        flight.Bytes = shorter;
        flight.Fault = fault.Kind;
        Leave(flight, ToEngine, TracePlace.Engine);
    }

    private static int FirstExecution(ReadOnlySpan<byte> unit)
    {
        for (int at = 0; at < unit.Length; at += Messages.Header(unit[at..]).Length)
            if (Messages.Header(unit[at..]).Type is MessageType.OrderReport or MessageType.ExecutionChanged) return at;
        return -1;
    }

    // ---- both ways

    /// <summary>Late, twice, or held back until something else has happened.</summary>
    private void Disturb(Flight flight, FlightQueue way, TracePlace to, in Fault fault)
    {
        flight.Fault = fault.Kind;
        Duration amount = Duration.FromMilliseconds(fault.Amount);
        if (fault.Kind is FaultKind.CommandDuplicated or FaultKind.ReportDuplicated)
        {
            Flight second = new() { Number = state.NextFlight(), Due = flight.Due + amount, Bytes = flight.Bytes, From = flight.From, Fault = fault.Kind };
            Leave(flight, way, to);
            way.Add(second);
            state.Tell(second, TraceFate.Duplicated, to);
            return;
        }
        flight.Due += amount;
        flight.Hold = HoldOf(fault.Kind);
        way.Add(flight);
        state.Tell(flight, flight.Hold == HoldReason.None ? TraceFate.Delayed : TraceFate.Held, to);
    }

    private static HoldReason HoldOf(FaultKind kind) => kind switch
    {
        FaultKind.CommandReordered or FaultKind.ReportReordered => HoldReason.Next,
        FaultKind.FillBeforeAcceptance => HoldReason.FillArrived,
        FaultKind.FillAfterEnd => HoldReason.EndArrived,
        FaultKind.FillBeforeReplacement => HoldReason.FillMade,
        _ => HoldReason.None,
    };

    /// <summary>The venue filled an order.</summary>
    public void NoteFillMade(ClientOrderId order) => ToVenue.Release(HoldReason.FillMade, flight => Messages.As<OrderCommand>(flight.Bytes).ClientOrderId == order, state.Now);

    /// <summary>A report has arrived at the engine.</summary>
    public void NoteArrived(in OrderReport report)
    {
        ClientOrderId order = report.ClientOrderId;
        if (report.Kind == ReportKind.Filled) ToEngine.Release(HoldReason.FillArrived, flight => IsOf(flight, order), state.Now);
        if (report.Kind is ReportKind.Canceled or ReportKind.Expired or ReportKind.Rejected) ToEngine.Release(HoldReason.EndArrived, flight => IsOf(flight, order), state.Now);
    }

    private static bool IsOf(Flight flight, ClientOrderId order) => Messages.As<OrderReport>(flight.Bytes).ClientOrderId == order;

    public void Connect() => IsConnected = true;

    /// <summary>What is on its way to the engine is lost; what is on its way to the venue too, or not.</summary>
    public void Disconnect(FaultKind fault, bool losesCommands)
    {
        IsConnected = false;
        DropToEngine(fault);
        if (!losesCommands) return;
        foreach (Flight flight in ToVenue.Clear()) Lose(flight, TracePlace.Venue, fault);
    }

    /// <summary>The engine is gone, and with it what was on its way to it. What an operator says is said to whoever sits there.</summary>
    public void DropToEngine(FaultKind fault)
    {
        foreach (Flight flight in ToEngine.Clear())
        {
            if (flight.From == TracePlace.Operator) ToEngine.Add(flight);
            else Lose(flight, TracePlace.Engine, fault);
        }
    }

    private Flight New(ReadOnlySpan<byte> bytes, TracePlace from, Duration travels) =>
        new() { Number = state.NextFlight(), Due = state.Now + travels, Bytes = bytes.ToArray(), From = from };

    private void Leave(Flight flight, FlightQueue way, TracePlace to)
    {
        way.Add(flight);
        state.Tell(flight, TraceFate.Left, to);
        way.Release(HoldReason.Next, static _ => true, flight.Due);
    }

    private void Lose(Flight flight, TracePlace to, FaultKind fault)
    {
        flight.Fault = fault;
        state.Tell(flight, TraceFate.Lost, to);
    }

    private void Forge(ReadOnlySpan<byte> message, FaultKind fault)
    {
        Flight flight = New(message, TracePlace.Gateway, latency.Response);
        flight.Fault = fault;
        ToEngine.Add(flight);
        state.Tell(flight, TraceFate.Forged, TracePlace.Engine);
    }
}
