using System.Text;
using System.Text.Json;
using Fathom.Analytics;
using Fathom.Analytics.Risk;
using Fathom.Domain.Messages;
using Fathom.Host.Runs;
using static Fathom.Tests.Analytics.Happenings;

namespace Fathom.Tests.Host.Runs;

public class RiskHistoryJsonTests
{
    [Fact]
    public void Counts_reasons_times_and_kills_are_there_once_each()
    {
        string written = Written(tracker =>
        {
            tracker.Note(RiskState(At(1_000), PositionState.Normal, PositionState.Critical, 0.02m, 0.0225m));
            tracker.Note(RiskState(At(3_500), PositionState.Critical, PositionState.Normal, 0.02m, 0.01m));
            tracker.Note(Adjustment(At(2_000), order: 3, asked: 6, granted: 3));
            tracker.Note(Kill(At(3_000), isOn: true, "fell too far"));
            tracker.Note(Kill(At(4_000), isOn: false, "looked at"));
            for (int i = 0; i < 3; i++) tracker.Note(Order(At(i), i, OrderStatus.None, OrderStatus.Refused, reason: i == 0 ? ReasonCode.KillSwitch : ReasonCode.PositionLimit));
        });
        Assert.Equal(
            """
            {"risk":{"state_changes":2,"adjustments":{"state_warning":1},"kills":1,"rearms":1,"refusals":{"position_limit":2,"kill_switch":1},"worst_state":"critical","seconds_in_state":{"normal":7.5,"warning":0,"critical":2.5,"over_limit":0},"kill_switch":[{"time":"2024-05-08T00:00:03.000000000Z","on":true,"scope":"strategy","strategy":"s1","cause":"drawdown","flattens":true,"threshold":"0.1","found":"0.125","reason":"fell too far"},{"time":"2024-05-08T00:00:04.000000000Z","on":false,"scope":"strategy","strategy":"s1","cause":"drawdown","reason":"looked at"}]}}
            """, written);
    }

    [Fact]
    public void Of_a_run_in_which_risk_did_nothing_there_is_nothing() => Assert.Equal("{}", Written(_ => { }));

    private static string Written(Action<RiskTracker> happen)
    {
        RiskTracker tracker = new(new AnalysisOptions { Currency = Usd, Strategies = ["s0", "s1"], Instrument = _ => null });
        happen(tracker);
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            RiskHistoryJson.Write(json, tracker.Finish(At(0), At(10_000)), At(0), At(10_000), strategy => $"s{strategy}", _ => "ABC");
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
