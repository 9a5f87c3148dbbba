using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Universe;
using Fathom.Simulation.Costs;
using Fathom.Simulation.Driver;

namespace Fathom.Tests.Simulation.Venue;

/// <summary>The venue and its driver against the slow venue, which sees the whole tape at once and sorts everything that happens.</summary>
public class SimulatedVenueOracleTests
{
    private const int Seeds = 300;

    /// <summary>What conditions bring about; each has to come often.</summary>
    private static readonly (ReportKind, ReasonCode)[] s_wanted =
    [
        (ReportKind.Triggered, ReasonCode.None), (ReportKind.Expired, ReasonCode.TimeIsUp), (ReportKind.Canceled, ReasonCode.ListDone), (ReportKind.Replaced, ReasonCode.ListDone),
        (ReportKind.Canceled, ReasonCode.NothingToReduce), (ReportKind.Replaced, ReasonCode.ReduceOnly), (ReportKind.Rejected, ReasonCode.ReduceOnly), (ReportKind.Rejected, ReasonCode.ListDone),
        (ReportKind.Rejected, ReasonCode.TooOld), (ReportKind.ReplaceRejected, ReasonCode.TooOld), (ReportKind.CancelRejected, ReasonCode.TooOld),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_report_is_the_oracles(bool isHostile)
    {
        int made = 0, taken = 0, replaced = 0, answered = 0, snapshots = 0;
        Dictionary<(ReportKind, ReasonCode), int> seen = [];
        for (int seed = 0; seed < Fuzz.Seeds(Seeds); seed++)
        {
            (Tape tape, ScriptedEngine engine) = Run(seed, isHostile, isEager: false);
            AssertSame(engine.Expected(tape), engine.Said, seed);
            made += engine.Reports.Count(report => report.Liquidity == Liquidity.Maker);
            taken += engine.Reports.Count(report => report.Liquidity == Liquidity.Taker);
            replaced += engine.Reports.Count(report => report.Kind == ReportKind.Replaced);
            answered += engine.Said.Count(said => Messages.Header(said).Type == MessageType.VenueOrder && Messages.As<VenueOrder>(said).Status != OrderStatus.None);
            snapshots += engine.Said.Count(said => Messages.Header(said).Type == MessageType.VenuePosition);
            foreach (OrderReport report in engine.Reports) seen[(report.Kind, report.Reason)] = seen.GetValueOrDefault((report.Kind, report.Reason)) + 1;
        }
        Assert.All(s_wanted, wanted => Assert.True(seen.GetValueOrDefault(wanted) > Seeds / 50, $"{wanted}: only {seen.GetValueOrDefault(wanted)}: the orders test nothing"));
        Assert.True(Math.Min(made, Math.Min(taken, replaced)) > Seeds, $"only {made} fills made, {taken} taken, {replaced} replacements: the tapes test nothing");
        Assert.True(answered > Seeds && snapshots > Seeds / 10, $"only {answered} orders and {snapshots} positions answered: the questions test nothing");
    }

    [Fact]
    public void Venue_that_lags_while_idle_reports_the_same_as_one_that_never_does()
    {
        for (int seed = 0; seed < Fuzz.Seeds(150); seed++)
        {
            (_, ScriptedEngine lazy) = Run(seed, isHostile: true, isEager: false);
            (_, ScriptedEngine eager) = Run(seed, isHostile: true, isEager: true);
            AssertSame(eager.Said, lazy.Said, seed);
            Assert.Equal(eager.Inputs, lazy.Inputs);
        }
    }

    /// <summary>Four billion arrivals into a run the book gives all arrivals anew; here it happens within the tape, at another place each time.</summary>
    [Fact]
    public void Places_survive_the_renumbering_of_arrivals()
    {
        for (int seed = 0; seed < Fuzz.Seeds(Seeds); seed++)
        {
            (Tape tape, ScriptedEngine engine) = Run(seed, isHostile: seed % 2 == 0, isEager: false, firstArrival: uint.MaxValue - (uint)(seed % 40));
            AssertSame(engine.Expected(tape), engine.Said, seed);
        }
    }

    private static (Tape Tape, ScriptedEngine Engine) Run(int seed, bool isHostile, bool isEager, uint firstArrival = 0)
    {
        Random random = new(seed);
        Tape tape = RandomTape.Create(random, events: random.Next(20, 120), instruments: random.Next(1, 4), isHostile);
        LatencyModel latency = new(Latency(random), Latency(random), Latency(random));
        RandomOrders orders = new(random.Next(), isHostile);
        // In half of the runs a session ends while the tape goes on, and the next one begins later.
        SessionHours? hours = random.Next(2) == 0 ? null : SessionHours.EveryDay with { Close = new Duration(1_000_000 + random.Next(100_000)) };
        VenueFeatures features = random.Next(8) == 0 ? (VenueFeatures)random.Next(32) : VenueFeatures.All;
        ScriptedEngine engine = new(latency, firstArrival, features, hours) { OnInput = orders.OnInput, OnCommand = orders.OnCommand };
        engine.Run(tape, isEager: isEager, piece: random.Next(1, 40));
        return (tape, engine);
    }

    private static Duration Latency(Random random) => random.Next(6) switch
    {
        0 => Duration.Zero,
        1 => new Duration(1_000_000_000),
        _ => new Duration(random.Next(1, 8_000)),
    };

    private static void AssertSame(List<byte[]> expected, List<byte[]> actual, int seed)
    {
        for (int i = 0; i < Math.Min(expected.Count, actual.Count); i++)
            Assert.True(SaidText.Of(expected[i]) == SaidText.Of(actual[i]), $"seed {seed}, message {i}\nexpected {SaidText.Of(expected[i])}\nactual   {SaidText.Of(actual[i])}");
        Assert.True(expected.Count == actual.Count, $"seed {seed}: {expected.Count} expected, {actual.Count} came");
    }
}
