// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import RetortWire
import Testing

@Suite struct CacheControlTests {
    @Test func aResponseSaysWhatItAllows() {
        let text =
            "public, max-age=3600, s-maxage=60, must-revalidate, stale-while-revalidate=5, stale-if-error=6, immutable"
        let cache = ResponseCacheControl(headerValue: text)
        #expect(cache.isPublic)
        #expect(cache.maxAge == .seconds(3600))
        #expect(cache.sharedMaxAge == .seconds(60))
        #expect(cache.mustRevalidate)
        #expect(cache.staleWhileRevalidate == .seconds(5))
        #expect(cache.staleIfError == .seconds(6))
        #expect(cache.isImmutable)
        #expect(!cache.noStore)
        #expect(!cache.noTransform)
        #expect(!cache.proxyRevalidate)
        #expect(!cache.mustUnderstand)
        #expect(cache.noCache == nil)
        #expect(cache.isPrivate == nil)
        #expect(cache.headerValue == text)
    }

    @Test func unknownDirectivesAndTheirOrderAreKept() {
        var cache = ResponseCacheControl(headerValue: "private, community=\"UCI\", x")
        #expect(cache.directives["community"] == "UCI")
        cache.maxAge = .seconds(1)
        #expect(cache.headerValue == "private, community=UCI, x, max-age=1")
        cache.isPrivate = nil
        #expect(cache.headerValue == "community=UCI, x, max-age=1")
    }

    @Test(
        arguments: [
            ("no-cache", .response), ("no-cache=\"a, b\"", .fields(["a", "b"])),
            ("No-Cache=Set-Cookie", .fields(["Set-Cookie"])),
            ("max-age=1", nil),
        ] as [(String, ResponseCacheControl.Scope?)])
    func noCacheMayNameFields(text: String, scope: ResponseCacheControl.Scope?) {
        #expect(ResponseCacheControl(headerValue: text).noCache == scope)
    }

    @Test func scopesAreWritten() {
        var cache = ResponseCacheControl()
        cache.noCache = .fields(["Set-Cookie", "X"])
        cache.isPrivate = .response
        #expect(cache.headerValue == "no-cache=\"Set-Cookie, X\", private")
        #expect(ResponseCacheControl(headerValue: cache.headerValue) == cache)
    }

    @Test(arguments: ["NO-STORE", "No-Store", "no-store, x", "max-age=0, no-store=1"])
    func directivesAreFoundInAnyCase(text: String) {
        #expect(ResponseCacheControl(headerValue: text).noStore)
    }

    @Test(arguments: ["max-age", "max-age=", "max-age=x", "max-age=-1", "max-age=1.5", "max-age=\"\""])
    func aTimeThatIsNoNumberIsNone(text: String) {
        #expect(ResponseCacheControl(headerValue: text).maxAge == nil)
    }

    @Test func aTimeMayStandInQuotesAndBeTooLong() {
        #expect(ResponseCacheControl(headerValue: "max-age=\"60\"").maxAge == .seconds(60))
        #expect(
            ResponseCacheControl(headerValue: "max-age=99999999999999999999").maxAge == .seconds(DeltaSeconds.maximum))
    }

    @Test func flagsAreSetAndTakenBack() {
        var cache = ResponseCacheControl()
        cache.noStore = true
        cache.noTransform = true
        cache.proxyRevalidate = true
        cache.mustUnderstand = true
        cache.mustRevalidate = true
        cache.sharedMaxAge = .seconds(3)
        cache.staleWhileRevalidate = .seconds(4)
        cache.staleIfError = .seconds(5)
        #expect(
            cache.headerValue
                == """
                no-store, no-transform, proxy-revalidate, must-understand, must-revalidate, s-maxage=3, \
                stale-while-revalidate=4, stale-if-error=5
                """
        )
        cache.noStore = false
        cache.sharedMaxAge = nil
        #expect(!cache.noStore)
        #expect(cache.sharedMaxAge == nil)
    }

    @Test func theUsualPoliciesAreReady() {
        #expect(ResponseCacheControl.neverStored.headerValue == "no-store")
        #expect(ResponseCacheControl.alwaysChecked.headerValue == "no-cache")
        #expect(ResponseCacheControl.publicly(for: .seconds(60)).headerValue == "public, max-age=60")
        #expect(ResponseCacheControl.publicly(for: .seconds(60), isImmutable: true).isImmutable)
    }

    @Test func aRequestSaysWhatItWants() {
        var cache = RequestCacheControl(headerValue: "no-cache, max-age=0, min-fresh=5, only-if-cached, max-stale=7")
        #expect(cache.noCache)
        #expect(cache.maxAge == .zero)
        #expect(cache.minFresh == .seconds(5))
        #expect(cache.onlyIfCached)
        #expect(cache.maxStale == .limited(.seconds(7)))
        cache.maxStale = .unlimited
        cache.minFresh = nil
        cache.noCache = false
        cache.onlyIfCached = false
        #expect(cache.headerValue == "max-age=0, max-stale")
        #expect(cache.maxStale == .unlimited)
        cache.maxStale = .limited(.seconds(1))
        #expect(cache.headerValue == "max-age=0, max-stale=1")
        cache.maxStale = nil
        #expect(cache.maxStale == nil)
        cache.noCache = true
        cache.onlyIfCached = true
        cache.minFresh = .seconds(2)
        #expect(cache.headerValue == "max-age=0, no-cache, only-if-cached, min-fresh=2")
    }

    @Test func aStaleLimitThatIsNoNumberIsNone() {
        #expect(RequestCacheControl(headerValue: "max-stale=x").maxStale == nil)
    }
}
