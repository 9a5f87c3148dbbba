using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fathom.Domain.Segments;

namespace Fathom.Tests.Domain.Segments;

/// <summary>Segments outlive the program that wrote them: a field that moves needs another version.</summary>
public class SegmentFormatTests
{
    [Theory]
    [InlineData(typeof(SegmentHeader), "Magic@0 Version@8 Kind@12 JournalId@16 FirstMessage@24 Number@32 Check@48 =64")]
    [InlineData(typeof(BlockHeader), "Magic@0 StoredLength@8 ContentLength@12 FirstMessage@16 MessageCount@24 Stored@32 Check@48 =64")]
    [InlineData(typeof(BlockEntry), "Offset@0 FirstMessage@8 MessageCount@16 ContentLength@20 StoredLength@24 =32")]
    [InlineData(typeof(SegmentFooter), "Magic@0 BlockCount@8 MessageCount@16 ContentLength@24 Content@32 Check@48 =64")]
    [InlineData(typeof(SegmentEnd), "FooterLength@0 Magic@8 =16")]
    public void A_layout_does_not_move(Type part, string layout)
    {
        IEnumerable<string> fields = part.GetFields(BindingFlags.Instance | BindingFlags.Public).Select(field => $"{field.Name}@{Marshal.OffsetOf(part, field.Name)}");
        Assert.Equal(layout, $"{string.Join(' ', fields)} ={Marshal.SizeOf(part)}");
    }

    [Fact]
    public void Magics_are_words_and_the_version_is_two()
    {
        (ulong Magic, string Word)[] magics =
        [
            (SegmentHeader.MagicOfSegments, "FTHMSEGM"), (BlockHeader.MagicOfBlocks, "FTHMBLCK"), (SegmentFooter.MagicOfFooters, "FTHMFOOT"), (SegmentEnd.MagicOfEnds, "FTHMDONE"),
        ];
        Assert.All(magics, magic => Assert.Equal(magic.Word, System.Text.Encoding.ASCII.GetString(BitConverter.GetBytes(magic.Magic))));
        Assert.Equal(2u, SegmentHeader.VersionOfSegments);
        Assert.Equal(64, Unsafe.SizeOf<SegmentHeader>());
        Assert.Equal(64 + 3 * 32 + 16, SegmentFormat.FooterLength(3));
    }
}
