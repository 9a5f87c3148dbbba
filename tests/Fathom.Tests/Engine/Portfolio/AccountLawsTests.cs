using Fathom.Domain;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;

namespace Fathom.Tests.Engine.Portfolio;

public class AccountLawsTests
{
    private static readonly InstrumentId Instrument = new(0);

    private readonly Account _account = new(AccountTests.Code("USD"), 100m, strategies: 1);
    private readonly Holding _holding;

    public AccountLawsTests()
    {
        _account.Define(AccountTests.Definition(Instrument));
        _holding = _account.Book(0, Instrument, Side.Buy, Price.From(5m), Quantity.Units(3), feeNanos: 7);
        AccountLaws.Check(_account);
    }

    [Fact]
    public void Money_that_no_owner_has_is_found()
    {
        _account.Money[0].Ledger.Settle(1, 0, 0);
        Breaks("owners' money");
    }

    [Fact]
    public void Money_that_an_owner_has_from_no_position_is_found()
    {
        _account.Money[0].Ledger.Revalue(1);
        _account.Strategy(0).Ledger.Revalue(1);
        Breaks("positions' money");
    }

    [Fact]
    public void Equity_that_was_never_settled_is_found()
    {
        _account.Money[0].SettledNanos++;
        Breaks("equity is start");
    }

    [Fact]
    public void A_position_that_moved_without_an_execution_is_found()
    {
        _holding.Position.Book(Side.Buy, Price.From(0m), Quantity.Units(1));
        Breaks("sum of the executions");
    }

    [Fact]
    public void A_cost_that_nobody_paid_is_found()
    {
        _holding.Position.Book(Side.Buy, Price.From(1m), Quantity.Units(1));
        _holding.Position.Book(Side.Sell, Price.From(1m), Quantity.Units(1));
        AccountLaws.Check(_account);      // in and out: nothing flowed
        _account.Traded[0].Note(_holding, wasFlat: false, signed: 0, value: 1);
        Breaks("what flowed");
    }

    [Fact]
    public void The_laws_are_checked_at_the_end_of_each_day_and_at_the_end()
    {
        _account.Advance(new Timestamp(0));
        _account.Money[0].SettledNanos++;
        Assert.Throws<InvariantException>(() => _account.Advance(new Timestamp(86_400_000_000_000)));
        Assert.Throws<InvariantException>(_account.Finish);
    }

    private void Breaks(string law) => Assert.Contains(law, Assert.Throws<InvariantException>(() => AccountLaws.Check(_account)).Message);
}
