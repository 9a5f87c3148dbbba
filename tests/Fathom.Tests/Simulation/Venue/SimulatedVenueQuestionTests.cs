using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Simulation.Costs;
using Fathom.Simulation.Venue;

namespace Fathom.Tests.Simulation.Venue;

/// <summary>What the venue answers, by its own reports.</summary>
public class SimulatedVenueQuestionTests
{
    [Fact]
    public void Snapshot_says_what_the_reports_have_said()
    {
        int positions = 0, open = 0;
        for (int seed = 0; seed < Fuzz.Seeds(200); seed++)
        {
            Random random = new(seed);
            Tape tape = RandomTape.Create(random, events: random.Next(20, 120), instruments: random.Next(1, 4), isHostile: seed % 2 == 0);
            ScriptedEngine engine = SimulatedVenueSurpriseTests.Run(tape, random, seed, shared: null);
            ArriveAll(engine);
            engine.Snapshot();
            long request = engine.Commands.Count;
            ArriveAll(engine);
            int at = engine.Said.FindIndex(said => Is(said, MessageType.VenueAnswer) && Messages.As<VenueAnswer>(said).Request == request);
            List<byte[]> before = engine.Said[..at], answer = engine.Said[at..];
            answer = answer[..(1 + answer.FindIndex(said => Is(said, MessageType.VenueAnswer) && Messages.As<VenueAnswer>(said).Kind == VenueAnswerKind.SnapshotEnds))];
            List<OrderReport> reports = engine.Reports.FindAll(report => report.Sequence <= Messages.As<VenueAnswer>(answer[0]).Sequence);

            VenueAnswer begin = Messages.As<VenueAnswer>(answer[0]), end = Messages.As<VenueAnswer>(answer[^1]);
            Assert.Equal((VenueAnswerKind.SnapshotBegins, VenueAnswerKind.SnapshotEnds), (begin.Kind, end.Kind));
            Assert.Equal((request, request), (begin.Request, end.Request));
            Assert.Equal(answer.Count - 2, end.Executions + end.Orders + end.Positions);
            Assert.Equal(Kinds(answer).OrderBy(Place), Kinds(answer));
            long last = before.Count == 0 ? 0 : before.Max(SequenceOf);
            Assert.Equal((last, last), (begin.Sequence, end.Sequence));
            Assert.All(answer.Where(said => Is(said, MessageType.VenueOrder)), said => Assert.Equal(last, Messages.As<VenueOrder>(said).Sequence));

            Assert.Equal(Sums(answer), answer.Where(said => Is(said, MessageType.VenuePosition)).Select(said => (Messages.Header(said).Instrument, Messages.As<VenuePosition>(said).Quantity)));
            Assert.Equal(Sums(before.Where((said, i) => !IsRepeated(before, i))), Sums(answer));
            Assert.Equal(Open(reports), answer.Where(said => Is(said, MessageType.VenueOrder)).Select(said => Text(in Messages.As<VenueOrder>(said))));
            positions += end.Positions;
            open += end.Orders;
        }
        Assert.True(positions > 100 && open > 300, $"{positions} positions, {open} open orders");
    }

    private static bool Is(byte[] said, MessageType type) => Messages.Header(said).Type == type;

    private static IEnumerable<MessageType> Kinds(List<byte[]> answer) => answer[1..^1].Select(said => Messages.Header(said).Type);

    private static int Place(MessageType type) => type switch { MessageType.OrderReport => 0, MessageType.ExecutionChanged => 1, MessageType.VenueOrder => 2, _ => 3 };

    private static long SequenceOf(byte[] said) => Messages.Header(said).Type switch
    {
        MessageType.OrderReport => Messages.As<OrderReport>(said).Sequence,
        MessageType.ExecutionChanged => Messages.As<ExecutionChanged>(said).Sequence,
        _ => 0,
    };

    private static bool IsRepeated(List<byte[]> said, int at) => SequenceOf(said[at]) is var sequence && said.Take(at).Any(one => SequenceOf(one) == sequence);

    /// <summary>What executions come to, by instrument.</summary>
    private static List<(InstrumentId, Quantity)> Sums(IEnumerable<byte[]> said)
    {
        SortedDictionary<int, long> sums = [];
        foreach (byte[] message in said)
        {
            int instrument = Messages.Header(message).Instrument.Index;
            if (Is(message, MessageType.OrderReport) && Messages.As<OrderReport>(message) is { Kind: ReportKind.Filled } fill)
                sums[instrument] = sums.GetValueOrDefault(instrument) + fill.Side.Sign() * fill.LastQuantity.Nanos;
            if (Is(message, MessageType.ExecutionChanged) && Messages.As<ExecutionChanged>(message) is var change)
                sums[instrument] = sums.GetValueOrDefault(instrument) + change.Side.Sign() * (change.NewQuantity.Nanos - change.OldQuantity.Nanos);
        }
        return [.. sums.Where(sum => sum.Value != 0).Select(sum => (new InstrumentId(sum.Key), new Quantity(sum.Value)))];
    }

    /// <summary>Orders that are open by their reports.</summary>
    private static List<string> Open(List<OrderReport> reports) =>
        [.. reports.Where(report => report.VenueOrderId > 0 && report.Kind is not (ReportKind.CancelRejected or ReportKind.ReplaceRejected))
            .GroupBy(report => report.VenueOrderId).OrderBy(order => order.Key)
            .Where(order => order.Last().Kind is not (ReportKind.Canceled or ReportKind.Expired) && !order.Last().Leaves.IsZero)
            .Select(order => $"{order.Last().ClientOrderId} v{order.Key} {order.Last().Header.Instrument} {order.Last().Side} {order.Last().Cumulative} {order.Last().Leaves}")];

    private static string Text(in VenueOrder order) => $"{order.ClientOrderId} v{order.VenueOrderId} {order.Header.Instrument} {order.Side} {order.Cumulative} {order.Leaves}";

    private static void ArriveAll(ScriptedEngine engine)
    {
        while (engine.Venue.PendingCommands > 0 && !engine.Venue.CommandDue.IsNone)
        {
            engine.Venue.ApplyNext();
            engine.HearAll();
        }
    }

    // ---- single cases; bid 100 × 5 (order 1), ask 103 × 5 (order 2)

    private static Tape Market() => new Tape().Define().Add(1, Side.Buy, 100, 5).Add(2, Side.Sell, 103, 5);

    private static List<string> Ask(Tape tape, Action<ScriptedEngine> act)
    {
        ScriptedEngine engine = new(LatencyModel.Zero);
        engine.RunByHand(tape.Nothing(), (one, index) =>
        {
            if (index != tape.Messages.Count - 1) return;
            act(one);
            ArriveAll(one);
        });
        Assert.Equal(engine.Expected(tape).Select(said => SaidText.Of(said)), engine.Said.Select(said => SaidText.Of(said)));
        return [.. engine.Said.Select(Line)];
    }

    private static string Line(byte[] said)
    {
        if (Is(said, MessageType.VenueAnswer)) return $"{Messages.As<VenueAnswer>(said).Kind}";
        if (Is(said, MessageType.VenuePosition)) return $"holds {Messages.As<VenuePosition>(said).Quantity} at {Messages.As<VenuePosition>(said).AveragePrice.ToDecimal():0.##}";
        if (Is(said, MessageType.ExecutionChanged)) return $"changed to {Messages.As<ExecutionChanged>(said).NewQuantity}";
        if (Is(said, MessageType.OrderReport)) return $"{Messages.As<OrderReport>(said).Kind} {Messages.As<OrderReport>(said).Reason} v{Messages.As<OrderReport>(said).VenueOrderId} {Messages.As<OrderReport>(said).LastQuantity}";
        VenueOrder order = Messages.As<VenueOrder>(said);
        return $"has {order.Status} {order.Reason} v{order.VenueOrderId} {order.Cumulative} of {order.Quantity} leaves {order.Leaves} as of {order.Sequence}";
    }

    [Fact]
    public void Order_is_answered_as_it_is_in_each_stage_of_its_life()
    {
        List<string> said = Ask(Market(), engine =>
        {
            ClientOrderId coming = ClientOrderId.Create(1, 0, 1);
            engine.Query(coming);
            engine.Submit(Side.Buy, 103, 8, postOnly: false);
            engine.Query(coming);
            engine.Cancel(coming);
            engine.Query(coming);
            ClientOrderId off = engine.Submit(Side.Buy, 101, 0);
            engine.Query(off);
        });
        Assert.Equal(
        [
            "has None None v0 0 of 0 leaves 0 as of 0",
            "Accepted None v1 0", "Filled None v1 5",
            "Filled None v1 5", "has PartiallyFilled None v1 5 of 8 leaves 3 as of 2",
            "Canceled Requested v1 0",
            "Filled None v1 5", "has CanceledAfterPartialFill Requested v1 5 of 8 leaves 0 as of 3",
            "Rejected QuantityNotPositive v0 0", "has Rejected QuantityNotPositive v0 0 of 0 leaves 0 as of 4",
        ], said);
    }

    [Fact]
    public void Command_is_valid_up_to_the_very_moment_that_it_states()
    {
        for (int late = 0; late <= 1; late++)
        {
            ScriptedEngine engine = new(new LatencyModel(new Duration(500), Duration.Zero, Duration.Zero)) { OnCommand = box => box.Command.ValidUntil = box.Command.Header.EventTime + new Duration(500 - late) };
            engine.RunByHand(Market().Nothing().Nothing(), (one, index) =>
            {
                if (index != 3) return;
                ClientOrderId id = one.Submit(Side.Buy, 101, 1);
                one.Replace(id, Side.Buy, 102, 1);
                one.Cancel(id);
                one.Query(id);
            });
            string[] wanted = late == 0
                ? ["Accepted None v1 0", "Replaced None v1 0", "Canceled Requested v1 0", "has Canceled Requested v1 0 of 1 leaves 0 as of 3"]
                : ["Rejected TooOld v0 0", "ReplaceRejected TooOld v0 0", "CancelRejected TooOld v0 0", "has Rejected TooOld v0 0 of 1 leaves 0 as of 3"];
            Assert.Equal(wanted, engine.Said.Select(Line));
        }
    }

    [Fact]
    public void Executions_are_repeated_from_the_time_that_is_asked_for()
    {
        ScriptedEngine engine = new(LatencyModel.Zero);
        Tape tape = Market().Nothing().Nothing();
        long[] times = [.. tape.Messages.Select(message => Messages.Header(message).EventTime.Nanos)];
        engine.RunByHand(tape, (one, index) =>
        {
            if (index is 2 or 3) one.Submit(Side.Buy, 103, index, postOnly: false);
            if (index != 4) return;
            one.Snapshot(times[3]);
            one.Snapshot(times[3] + 1);
            ArriveAll(one);
        });
        Assert.Equal(
            ["SnapshotBegins", "Filled None v2 3", "holds 5 at 103", "SnapshotEnds", "SnapshotBegins", "holds 5 at 103", "SnapshotEnds"],
            engine.Said.Skip(4).Select(Line));
    }

    [Fact]
    public void Others_orders_are_seen_and_ended_by_the_venues_name()
    {
        List<string> said = Ask(Market(), engine =>
        {
            Assert.Equal(1UL, engine.Venue.PlaceExternal(new InstrumentId(0), Side.Buy, Price.From(99), Quantity.Units(2)));
            Assert.Equal(0UL, engine.Venue.PlaceExternal(new InstrumentId(0), Side.Buy, Price.From(99.5m), Quantity.Units(2)));
            engine.Acts.Add(new Fathom.Twins.SlowVenue.SlowAct(2, engine.Venue.Clock, Fathom.Twins.SlowVenue.SlowActKind.PlaceExternal) { Instrument = new InstrumentId(0), Side = Side.Buy, Price = Price.From(99), Quantity = Quantity.Units(2) });
            engine.Snapshot();
            engine.Query(ClientOrderId.None, venueOrderId: 1);
            engine.Cancel(venueOrderId: 1);
            engine.Cancel(venueOrderId: 1);
            engine.Cancel(venueOrderId: 7);
            engine.Query(ClientOrderId.None, venueOrderId: 1);
        });
        Assert.Equal(
        [
            "Accepted None v1 0", "SnapshotBegins", "has Open None v1 0 of 2 leaves 2 as of 1", "SnapshotEnds", "has Open None v1 0 of 2 leaves 2 as of 1",
            "Canceled Requested v1 0", "CancelRejected TooLate v1 0", "CancelRejected UnknownOrder v7 0", "has Canceled Requested v1 0 of 2 leaves 0 as of 4",
        ], said);
    }

    [Fact]
    public void Commands_come_in_any_order_only_where_the_network_may_reorder()
    {
        OrderCommand command = new() { Kind = CommandKind.Snapshot, Header = MessageHeader.Create<OrderCommand>(MessageType.OrderCommand, 0, InstrumentId.None, default, default) };
        using SimulatedVenue strict = new(LatencyModel.Zero, FeeSchedule.None), lax = new(LatencyModel.Zero, FeeSchedule.None) { MayReorder = true };
        foreach (long approval in (long[])[5, 3, 3])
        {
            command.Approval = approval;
            lax.Send(in command);
            if (approval == 5) strict.Send(in command);
            else Assert.Throws<InvariantException>(() => strict.Send(in command));
            lax.ApplyNext();
            Assert.Equal(approval, Messages.As<VenueAnswer>(lax.FirstReport).Request);
            lax.DropReport();
            lax.DropReport();
        }
    }
}
