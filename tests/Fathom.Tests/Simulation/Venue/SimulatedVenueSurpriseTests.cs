using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Simulation.Costs;
using Fathom.Simulation.Venue;

namespace Fathom.Tests.Simulation.Venue;

/// <summary>What the venue does without our asking.</summary>
public class SimulatedVenueSurpriseTests
{
    private const int Seeds = 300;

    [Fact]
    public void All_that_happens_behind_our_back_is_the_oracles()
    {
        Dictionary<string, int> seen = [];
        for (int seed = 0; seed < Fuzz.Seeds(Seeds); seed++)
        {
            Random random = new(seed);
            Tape tape = RandomTape.Create(random, events: random.Next(20, 120), instruments: random.Next(1, 4), isHostile: seed % 2 == 0);
            ScriptedEngine engine = Run(tape, random, seed, shared: null);
            List<byte[]> expected = engine.Expected(tape);
            for (int i = 0; i < Math.Min(expected.Count, engine.Said.Count); i++)
                Assert.True(SaidText.Of(expected[i]) == SaidText.Of(engine.Said[i]), $"seed {seed}, message {i}\nexpected {SaidText.Of(expected[i])}\nactual   {SaidText.Of(engine.Said[i])}");
            Assert.True(expected.Count == engine.Said.Count, $"seed {seed}: {expected.Count} expected, {engine.Said.Count} came");
            foreach (byte[] said in engine.Said) Count(seen, Kind(said));
        }
        foreach (string wanted in (string[])["bust", "correction", "others fill", "others end", "venue cancels", "VenueOrder", "VenuePosition", "VenueAnswer"])
            Assert.True(seen.GetValueOrDefault(wanted) > Seeds / 5, $"{wanted}: only {seen.GetValueOrDefault(wanted)}: the acts test nothing");
    }

    internal static ScriptedEngine Run(Tape tape, Random random, int seed, VenueTape? shared)
    {
        ScriptedEngine engine = Create(random, seed, shared);
        engine.RunByHand(tape, new RandomActs(seed).After);
        return engine;
    }

    internal static ScriptedEngine Create(Random random, int seed, VenueTape? shared)
    {
        RandomOrders orders = new(seed, isHostile: seed % 2 == 0);
        LatencyModel latency = new(new Duration(random.Next(2) * random.Next(8_000)), new Duration(random.Next(2) * random.Next(8_000)), Duration.Zero);
        return new ScriptedEngine(latency, shared: shared) { OnInput = orders.OnInput, OnCommand = orders.OnCommand };
    }

    private static void Count(Dictionary<string, int> seen, string kind) => seen[kind] = seen.GetValueOrDefault(kind) + 1;

    private static string Kind(byte[] said)
    {
        MessageType type = Messages.Header(said).Type;
        if (type == MessageType.ExecutionChanged) return Messages.As<ExecutionChanged>(said).NewQuantity.IsZero ? "bust" : "correction";
        if (type != MessageType.OrderReport) return type.ToString();
        OrderReport report = Messages.As<OrderReport>(said);
        if (report.ClientOrderId.IsNone) return report.Kind == ReportKind.Filled ? "others fill" : report.Kind == ReportKind.Canceled ? "others end" : "others";
        return report is { Kind: ReportKind.Canceled, Reason: ReasonCode.None } ? "venue cancels" : "ours";
    }

    [Fact]
    public void Order_that_others_place_waits_for_the_end_of_the_open_event_and_a_cancel_does_not()
    {
        Tape tape = new Tape().Define().Add(1, Side.Buy, 100, 5).Add(2, Side.Sell, 103, 5)
            .Trade(Side.Sell, 100, 1).Fill(1, Side.Buy, 100, 1).Cancel(1, Side.Buy, 100, 1).Nothing();
        ClientOrderId ours = ClientOrderId.None;
        List<int> spoke = [];
        ScriptedEngine engine = new(LatencyModel.Zero);
        engine.RunByHand(tape, (one, index) =>
        {
            if (index == 2) ours = one.Submit(Side.Buy, 101, 1);
            if (index == 4) Assert.True(!one.Venue.CancelByVenue(ClientOrderId.Create(9, 0, 9)) && one.Venue.CancelByVenue(ours) && !one.Venue.CancelByVenue(ours));
            if (index == 4) Assert.Equal(0UL, one.Venue.PlaceExternal(Tape.Instrument, Side.Buy, Price.From(102), Quantity.Units(1)));
            spoke.Add(one.Said.Count + one.Venue.PendingReports);
        });
        Assert.Equal([0, 0, 0, 1, 2, 3, 3], spoke);
        Assert.Equal([ReportKind.Accepted, ReportKind.Canceled, ReportKind.Accepted], engine.Reports.Select(report => report.Kind));
        Assert.Equal(ClientOrderId.None, engine.Reports[2].ClientOrderId);
    }

    /// <summary>Buys 5 at 103, and a reduce-only sell of 5 rests.</summary>
    [Fact]
    public void Bust_and_correction_move_the_position_and_cut_what_may_only_reduce_it()
    {
        Tape tape = new Tape().Define().Add(1, Side.Buy, 100, 5).Add(2, Side.Sell, 103, 2).Add(3, Side.Sell, 104, 3).Nothing().Nothing();
        ScriptedEngine engine = new(LatencyModel.Zero);
        engine.RunByHand(tape, (one, index) =>
        {
            if (index == 3) one.Submit(Side.Buy, 104, 5, postOnly: false);
            if (index == 4) one.Submit(Side.Sell, 110, 5, change: Conditions.ReduceOnly);
            if (index != 5) return;
            one.ApplyBefore(Timestamp.None);
            one.HearAll();
            ExecutionId first = one.Reports[1].ExecutionId, second = one.Reports[2].ExecutionId;
            Assert.False(one.Venue.Bust(new ExecutionId(0, 9)) || one.Venue.Correct(first, Price.From(103), Quantity.Zero) || one.Venue.Correct(first, Price.None, Quantity.Units(1)));
            Assert.True(one.Venue.Correct(first, Price.From(102), Quantity.Units(1)) && !one.Venue.Bust(first) && one.Venue.Bust(second) && !one.Venue.Bust(second));
        });
        Assert.Equal(["Replaced ReduceOnly leaves 4", "Replaced ReduceOnly leaves 1"], VenueRun.Lines(engine.Reports.Skip(4)));
        ExecutionChanged[] changes = [.. engine.Said.Where(said => Messages.Header(said).Type == MessageType.ExecutionChanged).Select(said => Messages.As<ExecutionChanged>(said))];
        Assert.Equal([(Quantity.Units(2), Quantity.Units(1), 5L), (Quantity.Units(3), Quantity.Zero, 7L)], changes.Select(change => (change.OldQuantity, change.NewQuantity, change.Sequence)));
        Assert.Equal([(true, false), (true, true)], changes.Select(change => (change.OldFeeNanos > 0, change.NewFeeNanos == 0)));
    }
}
