using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Simulation.Faults;

namespace Fathom.Tests.Simulation.Faults;

public class ExecutionLedgerTests
{
    private readonly ExecutionLedger _ledger = new(static id => id.IsNone ? -1 : id.Strategy);

    [Fact]
    public void Repeated_execution_counts_once()
    {
        Assert.True(_ledger.TryAdd(Fill(1, Side.Buy, 100, 3)));
        Assert.False(_ledger.TryAdd(Fill(1, Side.Buy, 100, 3)));

        Assert.Equal(Quantity.Units(3).Nanos, _ledger.Position(0, 0));
    }

    [Fact]
    public void Owners_are_kept_apart_and_added_up()
    {
        _ledger.TryAdd(Fill(1, Side.Buy, 100, 3));
        OrderReport external = Fill(2, Side.Sell, 101, 5);
        external.ClientOrderId = ClientOrderId.None;
        _ledger.TryAdd(in external);

        Assert.Equal(Quantity.Units(3).Nanos, _ledger.Position(0, 0));
        Assert.Equal(Quantity.Units(-5).Nanos, _ledger.Position(-1, 0));
        Assert.Equal(Quantity.Units(-2).Nanos, _ledger.Position(0));
    }

    [Fact]
    public void Flow_is_what_was_paid_and_got()
    {
        _ledger.TryAdd(Fill(1, Side.Buy, 100, 3));
        _ledger.TryAdd(Fill(2, Side.Sell, 102, 2));

        ExecutionLedger.Entry entry = Assert.Single(_ledger.Entries).Value;
        Assert.Equal(-96 * (Int128)1_000_000_000_000_000_000, entry.Flow);      // 2 × 102 − 3 × 100
        Assert.Equal(14, entry.Fees);
    }

    [Fact]
    public void Bust_leaves_nothing_and_correction_the_new_terms()
    {
        _ledger.TryAdd(Fill(1, Side.Buy, 100, 3));
        _ledger.TryAdd(Fill(2, Side.Buy, 100, 3));
        Assert.True(_ledger.TryAdd(Change(3, of: 1, newPrice: 0, newQuantity: 0)));
        Assert.True(_ledger.TryAdd(Change(4, of: 2, newPrice: 101, newQuantity: 4)));
        Assert.False(_ledger.TryAdd(Change(4, of: 2, newPrice: 101, newQuantity: 4)));

        ExecutionLedger.Entry entry = Assert.Single(_ledger.Entries).Value;
        Assert.Equal(Quantity.Units(4).Nanos, entry.Quantity);
        Assert.Equal(-404 * (Int128)1_000_000_000_000_000_000, entry.Flow);
        Assert.Equal(7, entry.Fees);
    }

    [Fact]
    public void Change_that_comes_before_its_execution_takes_its_place()
    {
        _ledger.TryAdd(Change(3, of: 1, newPrice: 101, newQuantity: 4));
        Assert.Equal(Quantity.Units(4).Nanos, _ledger.Position(0, 0));

        Assert.True(_ledger.TryAdd(Fill(1, Side.Buy, 100, 3)));
        Assert.Equal(Quantity.Units(4).Nanos, _ledger.Position(0, 0));
    }

    [Fact]
    public void Order_in_which_executions_and_changes_come_does_not_matter()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            int[] order = [.. Enumerable.Range(0, 6)];
            random.Shuffle(order);
            ExecutionLedger ledger = new(static _ => 0);
            foreach (int message in order)
            {
                for (int times = random.Next(1, 3); times > 0; times--) Deliver(ledger, message);
            }

            ExecutionLedger.Entry entry = Assert.Single(ledger.Entries).Value;
            Assert.True(entry.Quantity == Quantity.Units(5).Nanos, $"seed {seed}: {entry.Quantity}");      // 6 of the second correction − 1
        }
    }

    private static void Deliver(ExecutionLedger ledger, int message)
    {
        switch (message)
        {
            case 0: ledger.TryAdd(Fill(1, Side.Buy, 100, 3)); break;
            case 1: ledger.TryAdd(Fill(2, Side.Buy, 100, 3)); break;
            case 2: ledger.TryAdd(Change(3, of: 1, newPrice: 0, newQuantity: 0)); break;
            case 3: ledger.TryAdd(Change(4, of: 2, newPrice: 101, newQuantity: 9)); break;
            case 5: ledger.TryAdd(Change(6, of: 4, newPrice: 101, newQuantity: 6, oldPrice: 101, oldQuantity: 9)); break;
            case 4: ledger.TryAdd(Fill(5, Side.Sell, 99, 1)); break;
        }
    }

    private static OrderReport Fill(ulong id, Side side, long price, long quantity) => new()
    {
        Header = MessageHeader.Create<OrderReport>(MessageType.OrderReport, 0, new InstrumentId(0), Timestamp.Earliest, Timestamp.Earliest),
        ClientOrderId = ClientOrderId.Create(1, 0, id),
        ExecutionId = new ExecutionId(0, id),
        Kind = ReportKind.Filled,
        Side = side,
        LastPrice = new Price(price * Price.Scale),
        LastQuantity = Quantity.Units(quantity),
        FeeNanos = 7,
    };

    private static ExecutionChanged Change(ulong id, ulong of, long newPrice, long newQuantity, long oldPrice = 100, long oldQuantity = 3) => new()
    {
        Header = MessageHeader.Create<ExecutionChanged>(MessageType.ExecutionChanged, 0, new InstrumentId(0), Timestamp.Earliest, Timestamp.Earliest),
        ClientOrderId = ClientOrderId.Create(1, 0, of),
        ExecutionId = new ExecutionId(0, id),
        Original = new ExecutionId(0, of),
        OldPrice = new Price(oldPrice * Price.Scale),
        OldQuantity = Quantity.Units(oldQuantity),
        OldFeeNanos = 7,
        NewPrice = newQuantity == 0 ? Price.None : new Price(newPrice * Price.Scale),
        NewQuantity = Quantity.Units(newQuantity),
        NewFeeNanos = newQuantity == 0 ? 0 : 7,
        Side = Side.Buy,
    };
}
