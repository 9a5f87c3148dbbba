using Fathom.Domain.Messages;
using Fathom.Analytics.Reports;
using Fathom.Market.Books;

namespace Fathom.Tests.Analytics.Reports;

public class WordsTests
{
    [Fact]
    public void Parts_are_joined_by_underscores_and_none_is_empty()
    {
        Assert.Equal("unknown_cancel", Words.Of(BookAnomaly.UnknownCancel));
        Assert.Equal("canceled_after_partial_fill", Words.Of(OrderStatus.CanceledAfterPartialFill));
        Assert.Equal("", Words.Of(OrderStatus.None));
    }
}
