using Fathom.Analytics.Series;
using static Fathom.Tests.Analytics.Happenings;

namespace Fathom.Tests.Analytics.Series;

public class EquityTrackerTests
{
    [Fact]
    public void Drawdown_is_measured_from_the_highest_equity_start_included()
    {
        EquityTracker tracker = new(Usd, 100);
        tracker.Note(Equity(At(1), start: 200, profit: -15, fees: 5));
        tracker.Note(Equity(At(2), start: 200, profit: 50));
        tracker.Note(Equity(At(3), start: 200, profit: 0));
        EquityHistory history = Assert.Single(tracker.Histories());
        Assert.Equal([180, 250, 200], history.Equity.ToArray().Select(point => point.Low));
        Assert.Equal([0.1, 0, 0.2], history.Drawdown.ToArray().Select(point => point.Low));
        Assert.Equal(At(1), history.Equity.ToArray()[0].Time);
    }

    [Fact]
    public void Currencies_are_kept_apart_and_the_accounts_comes_first()
    {
        EquityTracker tracker = new(Usd, 100);
        tracker.Note(Equity(At(1), start: 0, profit: -5, currency: "EUR"));
        tracker.Note(Equity(At(1), start: 0, profit: 1, currency: "BTC"));
        tracker.Note(Equity(At(2), start: 100, profit: 1));
        tracker.Note(Equity(At(3), start: 0, profit: -6, currency: "EUR"));
        List<EquityHistory> histories = tracker.Histories();
        Assert.Equal(["USD", "EUR", "BTC"], histories.Select(history => history.Currency.ToString()));
        Assert.Equal([-5, -6], histories[1].Equity.ToArray().Select(point => point.Low));
        Assert.Equal([0, 0], histories[1].Drawdown.ToArray().Select(point => point.Low));      // no peak above zero
    }
}
