using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Host.Runs;
using Fathom.Tests.Analytics;
using static Fathom.Tests.Analytics.Happenings;

namespace Fathom.Tests.Host.Runs;

public sealed class RiskRecorderTests : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("fathom-risk-").FullName;

    [Fact]
    public void Everything_that_risk_did_is_a_row()
    {
        string order = OrderId(3).ToString();
        string[] rows = Record(recorder =>
        {
            recorder.OnRiskState(RiskState(At(1), PositionState.Warning, PositionState.OverLimit, 0.02m, 0.0225m));
            recorder.OnAdjustment(Adjustment(At(2), order: 3, asked: 6, granted: 3));
            recorder.OnKill(Kill(At(3), isOn: true, "fell, too far"));
            recorder.OnKill(Kill(At(4), isOn: false, "looked at"));
            recorder.OnCommand(Command(CommandKind.Submit, ReasonCode.Liquidation));
            recorder.OnCommand(Command(CommandKind.Submit, ReasonCode.TimeStop));
            recorder.OnOrder(Order(At(7), 3, OrderStatus.None, OrderStatus.Refused, 100, 2, reason: ReasonCode.PositionLimit) with { Limit = 10_500_000_000, Found = 12_000_000_000, Scope = RiskScope.Account });
            recorder.OnOrder(Order(At(8), 3, OrderStatus.Open, OrderStatus.Open, 101, 3, reason: ReasonCode.OrderRateLimit) with { Limit = 10, Found = 11, Output = new OutputHeader { Cause = 31 } });
        });
        long at = At(0).Nanos;
        Assert.Equal(
        [
            "time,kind,scope,strategy,instrument,client_order_id,want,side,from,to,measure,reason,threshold,found,asked,granted,asked_price,granted_price,flattens,text,input",
            $"{at + 1_000_000},state,account,,,,,,warning,over_limit,drawdown,,0.02,0.0225,,,,,,,21",
            $"{at + 2_000_000},adjustment,strategy_instrument,s0,ABC,{order},order,buy,,warning,,state_warning,0.5,0.63,6,3,100.50,100.00,,,22",
            $"{at + 3_000_000},kill,strategy,s1,,,,,,,drawdown,,0.1,0.125,,,,,yes,\"fell, too far\",23",
            $"{at + 4_000_000},rearm,strategy,s1,,,,,,,drawdown,,,,,,,,,looked at,23",
            $"{at + 5_000_000},liquidation,,s0,ABC,{order},,sell,,,,liquidation,,,4,,99.00,,,,24",
            $"{at + 5_000_000},exit,,s0,ABC,{order},,sell,,,,time_stop,,,4,,99.00,,,,24",
            $"{at + 7_000_000},refusal,account,s0,ABC,{order},,buy,,,,position_limit,10.5,12,2,,100.00,,,,0",
            $"{at + 8_000_000},refusal,,s0,ABC,{order},,buy,,,,order_rate_limit,10,11,3,,101.00,,,,31",
        ], rows);
    }

    [Fact]
    public void What_is_not_of_risk_makes_no_file_and_one_of_an_earlier_run_goes()
    {
        File.WriteAllText(Path.Combine(_path, RunFolder.Risk), "of the run before");
        Record(recorder =>
        {
            recorder.OnCommand(Command(CommandKind.Submit, ReasonCode.None));
            recorder.OnCommand(Command(CommandKind.Cancel, ReasonCode.Liquidation));
            recorder.OnCommand(Command(CommandKind.Cancel, ReasonCode.KillSwitch));
            recorder.OnOrder(Order(At(1), 1, OrderStatus.PendingNew, OrderStatus.Rejected, reason: ReasonCode.WouldCross));
            recorder.OnOrder(Order(At(1), 1, OrderStatus.Open, OrderStatus.Canceled, reason: ReasonCode.Requested));
            recorder.OnOrder(Order(At(1), 1, OrderStatus.None, OrderStatus.None, reason: ReasonCode.UnknownOrder));
        });
        Assert.Empty(Directory.GetFileSystemEntries(_path));
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);

    private string[] Record(Action<RiskRecorder> act)
    {
        using RunFolder folder = RunFolder.Create(_path);
        using RiskRecorder recorder = new(folder, strategy => $"s{strategy}", instrument => instrument.IsNone ? "" : "ABC");
        act(recorder);
        recorder.Complete();
        string path = Path.Combine(_path, RunFolder.Risk);
        return File.Exists(path) ? File.ReadAllLines(path) : [];
    }

    private static OrderCommand Command(CommandKind kind, ReasonCode reason) => new()
    {
        Header = MessageHeader.Create<OrderCommand>(MessageType.OrderCommand, 0, new InstrumentId(0), At(5), At(5)),
        Output = new OutputHeader { Cause = 24 },
        Kind = kind,
        ClientOrderId = OrderId(3),
        Side = Side.Sell,
        Quantity = Quantity.Units(4),
        Price = Price.From(99),
        Reason = reason,
    };
}
