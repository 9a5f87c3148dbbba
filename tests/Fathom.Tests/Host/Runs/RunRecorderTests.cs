using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Host.Runs;
using Fathom.Tests.Engine.Portfolio;

namespace Fathom.Tests.Host.Runs;

public sealed class RunRecorderTests : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("fathom-recorder-").FullName;

    [Fact]
    public void What_a_strategy_asked_about_no_instrument_is_recorded_without_a_symbol()
    {
        InstrumentDefinition known = AccountTests.Definition(new InstrumentId(0));
        using (RunFolder folder = RunFolder.Create(_path))
        using (RunRecorder recorder = new(folder, id => id.Index == 0 ? known : null, ["quoter"], [], static _ => null))
        {
            foreach (int index in new[] { 0, -1, 7, int.MaxValue })
                recorder.OnOrder(new OrderEvent { Header = MessageHeader.Create<OrderEvent>(MessageType.OrderEvent, 0, new InstrumentId(index), default, default) });
            recorder.Complete();
        }
        string[] rows = File.ReadAllLines(Path.Combine(_path, "orders.csv"));
        Assert.Equal(["instrument", "X", "", "", ""], rows.Select(row => row.Split(',')[2]));
    }

    [Fact]
    public void Every_no_is_counted_by_its_reason_and_an_ordinary_end_is_none()
    {
        using RunFolder folder = RunFolder.Create(_path);
        using RunRecorder recorder = new(folder, static _ => null, ["quoter"], [], static _ => null);
        (OrderStatus From, OrderStatus To, ReasonCode Reason)[] changes =
        [
            (OrderStatus.None, OrderStatus.Refused, ReasonCode.PositionLimit),
            (OrderStatus.Open, OrderStatus.Open, ReasonCode.PositionLimit),                    // a refused replacement
            (OrderStatus.PendingNew, OrderStatus.Rejected, ReasonCode.WouldCross),
            (OrderStatus.PendingReplace, OrderStatus.Open, ReasonCode.WouldCross),             // one that the venue rejected
            (OrderStatus.PendingReplace, OrderStatus.Open, ReasonCode.None),
            (OrderStatus.PendingCancel, OrderStatus.Canceled, ReasonCode.Requested),
            (OrderStatus.PendingNew, OrderStatus.Canceled, ReasonCode.NoLiquidity),
        ];
        foreach ((OrderStatus from, OrderStatus to, ReasonCode reason) in changes) recorder.OnOrder(new OrderEvent { From = from, To = to, Reason = reason });
        Assert.Equal([(ReasonCode.PositionLimit, 2L), (ReasonCode.WouldCross, 2L)], recorder.Reasons.Select(reason => (reason.Key, reason.Value)));
    }

    [Fact]
    public void A_refusal_has_its_scope_and_its_numbers_and_a_rejection_none()
    {
        using (RunFolder folder = RunFolder.Create(_path))
        using (RunRecorder recorder = new(folder, static _ => null, ["quoter"], [], static _ => null))
        {
            OrderEvent change = new() { To = OrderStatus.Refused, Reason = ReasonCode.PositionLimit, Limit = 10_500_000_000, Found = -1, Scope = RiskScope.Instrument };
            recorder.OnOrder(in change);
            recorder.OnOrder(change with { From = OrderStatus.PendingNew, To = OrderStatus.Rejected, Scope = RiskScope.None });
            recorder.Complete();
        }
        string[] rows = File.ReadAllLines(Path.Combine(_path, "orders.csv"));
        Assert.Equal(["scope,limit,found,decision_mid,arrival_mid,slippage_decision_bps,slippage_arrival_bps", "instrument,10.5,-0.000000001,,,,", ",,,,,,"],
            rows.Select(row => string.Join(',', row.Split(',')[18..])));
    }

    [Fact]
    public void A_recorder_that_cannot_be_made_leaves_nothing_half_written()
    {
        string blocked = Path.Combine(_path, "fills.csv");
        Directory.CreateDirectory(blocked);
        using RunFolder folder = RunFolder.Create(_path);
        Assert.Throws<InputException>(() => new RunRecorder(folder, static _ => null, ["quoter"], [], static _ => null));
        Assert.Equal([blocked], Directory.GetFileSystemEntries(_path));
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
