import AutoTagger
import BuiltinPlugins
import Testing

@Suite struct DatedNameTests {
    @Test(arguments: [
        ("CreateFunction20150331", "CreateFunction"), ("UpdateFunctionCode20150331v2", "UpdateFunctionCode"),
        ("CreateDistribution2020_05_31", "CreateDistribution"),
        ("CreateDistribution2020_05_31v12", "CreateDistribution"),
    ])
    func theDateBehindANameIsTakenOff(name: String, undated: String) {
        #expect(Trigger("x.amazonaws.com", name).undated == Trigger("x.amazonaws.com", undated))
    }

    @Test(arguments: [
        "", "v2", "20150331", "CreateFunction", "CreateFunctionV2", "CreateApp2", "CreateX2015033", "CreateX120150331",
        "CreateX2020_05_3", "CreateX2020-05-31", "CreateX19990101", "CreateX20150331v", "CreateX20150331w2",
        "CreateGreenv2",
    ])
    func whatIsNoDateStays(name: String) {
        #expect(Trigger("x.amazonaws.com", name).undated == nil)
    }

    @Test(arguments: [
        ("cloudfront.amazonaws.com", "CreateDistribution2020_05_31", "cloudfront:distribution"),
        ("cloudfront.amazonaws.com", "CreateDistributionWithTags2020_05_31", "cloudfront:distribution"),
        ("lambda.amazonaws.com", "CreateFunction20150331", "lambda:function"),
        ("lambda.amazonaws.com", "CreateFunction20150331v2", "lambda:function"),
        ("ec2.amazonaws.com", "CreateVpc20161115", "ec2:vpc"),
    ])
    func aHandlerWaitsForEveryDateOfItsEvent(source: String, name: String, type: String) throws {
        let registry = try HandlerRegistry(catalogue: BuiltinCatalogue())
        let found = try registry.handlers(for: Trigger(source, name)).map(\.handler)
        #expect(found.map(\.resource.description) == [type])
        #expect(found.allSatisfy { $0.waits(for: Trigger(source, name)) })
    }

    @Test func filtersAreToldHowDatedNamesBegin() {
        #expect(Trigger("lambda.amazonaws.com", "CreateFunction").datedPrefix == "CreateFunction20")
        #expect(Trigger("lambda.amazonaws.com", "CreateFunction20150331").datedPrefix == nil)
        #expect(Trigger("ec2.amazonaws.com", "CreateVpc").datedPrefix == nil)
    }
}
