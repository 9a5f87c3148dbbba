using Fathom.Analytics;
using Fathom.Analytics.Risk;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Tests.Analytics.Risk;

public sealed class RiskTrackerTests
{
    private const ushort Account = ushort.MaxValue;

    [Fact]
    public void The_worst_state_of_all_makes_the_bands()
    {
        RiskTracker tracker = Tracker();
        tracker.Note(State(10, Account, -1, PositionState.Normal, PositionState.Warning));
        tracker.Note(State(20, 0, 3, PositionState.Normal, PositionState.Critical));
        tracker.Note(State(30, Account, -1, PositionState.Warning, PositionState.Normal));
        tracker.Note(State(50, 0, 3, PositionState.Critical, PositionState.Warning));
        RiskHistory history = tracker.Finish(Happenings.At(0), Happenings.At(60));

        Assert.Equal([(10, 20, PositionState.Warning), (20, 50, PositionState.Critical), (50, 60, PositionState.Warning)], Bands(history));
        Assert.Equal(["0s", "20ms", "30ms", "0s"], history.Times.Select(time => time.ToString()));
        Assert.Equal((PositionState.Critical, 4L), (history.Worst, history.EventCount));
    }

    [Fact]
    public void A_state_of_before_the_run_lasts_from_its_first_moment()
    {
        RiskTracker tracker = Tracker();
        tracker.Note(State(10, 0, 3, PositionState.OverLimit, PositionState.Normal));
        RiskHistory history = tracker.Finish(Happenings.At(4), Happenings.At(60));

        Assert.Equal([(4, 10, PositionState.OverLimit)], Bands(history));
        Assert.Equal("6ms", history.Times[(int)PositionState.OverLimit].ToString());
    }

    [Fact]
    public void The_bands_are_the_worst_of_all_states_at_every_moment()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            RiskTracker tracker = Tracker();
            PositionState[] states = new PositionState[4];
            long[] spent = new long[4];
            List<PositionState> worst = [];      // by millisecond
            for (int time = 0; time < 300; time++)
            {
                if (random.Next(3) == 0)
                {
                    int at = random.Next(4);
                    PositionState next = (PositionState)random.Next(4);
                    if (next != states[at]) tracker.Note(State(time, (ushort)(at % 2), at / 2, states[at], next));
                    states[at] = next;
                }
                worst.Add(states.Max());
                spent[(int)states.Max()]++;
            }
            RiskHistory history = tracker.Finish(Happenings.At(0), Happenings.At(300));

            for (int time = 0; time < 300; time++)
                Assert.True(worst[time] == Bands(history).FirstOrDefault(band => band.From <= time && time < band.To).State, $"seed {seed}, time {time}");
            for (int state = 1; state < 4; state++) Assert.Equal(Duration.FromMilliseconds(spent[state]), history.Times[state]);
        }
    }

    [Fact]
    public void Too_many_bands_become_fewer_and_their_times_stay_exact()
    {
        RiskTracker tracker = Tracker(bandsMax: 4);
        for (int i = 0; i < 100; i++)
        {
            tracker.Note(State(10 * i, 0, 0, PositionState.Normal, i == 50 ? PositionState.Critical : PositionState.Warning));
            tracker.Note(State(10 * i + 2, 0, 0, i == 50 ? PositionState.Critical : PositionState.Warning, PositionState.Normal));
        }
        RiskHistory history = tracker.Finish(Happenings.At(0), Happenings.At(1_000));

        Assert.InRange(history.Bands.Count, 2, 4);
        Assert.Contains(Bands(history), band => band.State == PositionState.Critical && band.From <= 500 && band.To >= 502);
        Assert.Equal(("198ms", "2ms"), (history.Times[1].ToString(), history.Times[2].ToString()));
    }

    [Fact]
    public void Only_the_first_rows_are_kept_and_all_are_counted()
    {
        RiskTracker tracker = Tracker();
        KillEvent kill = new() { KilledBy = KillCause.Drawdown, IsOn = 1, Limit = 100_000_000, Found = 125_000_000, Reason = NoteText.Cut("too deep") };
        kill.Output.Strategy = Account;
        kill.Header.Instrument = InstrumentId.None;
        tracker.Note(in kill);
        kill.IsOn = 0;
        tracker.Note(in kill);
        for (int i = 0; i < 9; i++)
        {
            tracker.Note(Happenings.Order(Happenings.At(i), i, OrderStatus.None, OrderStatus.Refused, reason: i < 5 ? ReasonCode.PositionLimit : ReasonCode.KillSwitch));
            tracker.Note(Happenings.Order(Happenings.At(i), i, OrderStatus.PendingNew, OrderStatus.Rejected, reason: ReasonCode.WouldCross));      // not our gate
            tracker.Note(Happenings.Order(Happenings.At(i), i, OrderStatus.Held, OrderStatus.Held, reason: ReasonCode.StopLoss));      // an exit of another size
        }
        OrderCommand command = new() { Kind = CommandKind.Submit, Reason = ReasonCode.Liquidation };
        tracker.Note(in command);
        command.Reason = ReasonCode.Requested;
        tracker.Note(in command);
        AdjustmentEvent adjustment = new() { Reason = ReasonCode.StateWarning };
        tracker.Note(in adjustment);
        RiskHistory history = tracker.Finish(Happenings.At(0), Happenings.At(60));

        Assert.Equal((3L, 10L, 5), (history.EventCount, history.ChangeCount, history.Changes.Count));
        Assert.Equal(
            [
                (RiskKind.Adjustment, ReasonCode.StateWarning, 1), (RiskKind.Kill, ReasonCode.None, 1), (RiskKind.Rearm, ReasonCode.None, 1), (RiskKind.Liquidation, ReasonCode.Liquidation, 1),
                (RiskKind.Refusal, ReasonCode.PositionLimit, 5), (RiskKind.Refusal, ReasonCode.KillSwitch, 4),
            ], history.Counts.Select(count => (count.Kind, count.Reason, (int)count.Count)));
        Assert.Equal((RiskScope.Account, "drawdown", "0.1", "0.125", "too deep"),
            (history.Kills[0].Scope, history.Kills[0].Measure, history.Kills[0].Threshold, history.Kills[0].Found, history.Kills[0].Text));
        Assert.Equal([RiskKind.Kill, RiskKind.Rearm], history.Kills.Select(entry => entry.Kind));
    }

    private static RiskTracker Tracker(int bandsMax = 1_000) =>
        new(new AnalysisOptions { Currency = Happenings.Usd, Strategies = ["s0", "s1"], Instrument = _ => null, TableRowsMax = 5, RiskBandsMax = bandsMax });

    private static List<(int From, int To, PositionState State)> Bands(RiskHistory history) =>
        [.. history.Bands.Select(band => ((int)((band.From - Happenings.At(0)).Nanos / 1_000_000), (int)((band.To - Happenings.At(0)).Nanos / 1_000_000), band.State))];

    private static RiskStateEvent State(int time, ushort strategy, int instrument, PositionState from, PositionState to) => new()
    {
        Header = MessageHeader.Create<RiskStateEvent>(MessageType.RiskStateEvent, 0, new InstrumentId(instrument), Happenings.At(time), Happenings.At(time)),
        Output = new OutputHeader { Strategy = strategy },
        From = from,
        To = to,
    };
}
